# People and organisations.
people-refused-known = { $name } is already on the list, with the same address or telephone.
people-refused-erased = This person’s data have been erased. They can no longer be changed.
people-refused-merged = This record has been merged with another. Open the record that remains.
people-refused-same-record = This is the same record twice. Choose another one.

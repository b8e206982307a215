//! People and organisations: finding or making them, search, duplicates, merging, data export and erasure.

mod commune;
mod duplicates;
mod entry;
mod erase;
mod export;
mod find;
mod merge;
mod organisations;
mod own;
mod records;
mod separate;
mod view;
mod vocabulary;

pub(crate) use commune::communes_meant;
pub use commune::{commune_filter, commune_label, parse_commune, postcode};
pub use duplicates::{Duplicate, Reason, duplicate_organisations, duplicate_people, keep_apart};
pub use entry::{ORIGINS, OrganisationInput, PersonInput};
pub use erase::erase_person;
pub use export::export_person;
pub(crate) use find::find_or_create_at;
pub use find::{FoundPerson, find_or_create};
pub use merge::{
    MergeClash, MergeCommand, MergeField, MergePreview, merge_organisations, merge_people,
    preview_organisations, preview_people,
};
pub(crate) use organisations::find_or_create_organisation;
pub use organisations::{
    ORGANISATION_KINDS, create_organisation, edit_organisation, organisation_page,
    search_organisations,
};
pub(crate) use own::own_id;
pub use own::{OwnDetails, edit_own, own_certificates, own_record};
pub use records::{create_person, edit_person};
pub use separate::{
    Separable, separable_organisations, separable_people, separate_organisations, separate_people,
};
pub use store::people::{
    OrganisationFilter, OrganisationListRow, OrganisationRow, PeopleFilter, PersonEnrolmentRow,
    PersonLetterRow, PersonListRow, PersonRow, PersonSort,
};
pub use view::{
    OrganisationPage, PeoplePage, PersonPage, look_up, person_page, person_resource, search_people,
};
pub use vocabulary::{audiences, profiles_of};

"""What others say of our files: PDF/A and PDF/UA (page), Open Badges 3.0 (openbadgeslib).

check.py FOLDER: the folder holds PDF files and a badge, as the example `samples` of the crate `documents` writes them.
"""

import sys
from pathlib import Path

from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier
from page import ValidationProfile, validate_pdf

# PDF/A-2a is what the files declare; it has all that PDF/A-2b has. The one rule of 2b that a 2a file cannot meet is to call itself 2b.
DECLARED_AS_2B = "PDFA2B-ID-CONFORMANCE-001"
PROFILES = [ValidationProfile.PDF_A_2B, ValidationProfile.PDF_A_2A, ValidationProfile.PDF_UA_1]


def pdf(path):
    """Faults of a PDF file."""
    for profile in PROFILES:
        report = validate_pdf(path, profile=profile)
        for failure in report.failures:
            if failure.rule_id == DECLARED_AS_2B:
                continue
            yield f"{path.name}: {profile.value}: {failure.rule_id} {failure.message}"


def badges(folder):
    """Faults of the badges."""
    key = (folder / "key.pem").read_text()
    verifier = OB3Verifier(pubkey_pem=key)
    token = (folder / "badge.jwt").read_text()
    credential = verifier.verify(token)
    if not credential.achievement.name:
        yield "badge.jwt: no name"
    if OB3Verifier.extract_token_from_png((folder / "badge.png").read_bytes()) != token:
        yield "badge.png: another badge inside"
    if OB3Verifier.extract_token_from_svg((folder / "badge.svg").read_bytes()) != token:
        yield "badge.svg: another badge inside"
    altered = token[:-40] + ("A" if token[-40] != "A" else "B") + token[-39:]
    for name, bad in (("altered", altered), ("stranger's", (folder / "stranger.jwt").read_text())):
        try:
            verifier.verify(bad)
            yield f"badge.jwt: the {name} one is taken"
        except OB3VerificationError:
            pass


def main():
    folder = Path(sys.argv[1])
    files = sorted(folder.glob("*.pdf"))
    faults = [fault for path in files for fault in pdf(path)]
    faults += badges(folder)
    for fault in faults:
        print(fault)
    print(f"{len(files)} PDF files, {len(PROFILES)} profiles, 1 badge in 3 forms: {len(faults)} faults")
    sys.exit(1 if faults or not files else 0)


main()

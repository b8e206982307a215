//! People and organisations: records, search, who may be the same, history, merge, erasure.

mod erase;
mod history;
mod merge;
mod organisation;
mod person;
mod search;
mod separate;

pub use erase::{Erased, erase_person};
pub use history::{
    PersonCertificateRow, PersonEnrolmentRow, PersonLetterRow, PersonPathwayRow, PersonResponseRow,
    PersonWishRow, person_certificates, person_enrolments, person_events, person_letters,
    person_pathways, person_responses, person_wishes,
};
pub use merge::{
    ClashRow, MovedRow, active_clashes, close_enrolment, keep_apart, kept_apart,
    merge_organisation, merge_person, moved_by_merge,
};
pub use organisation::{
    OrganisationRow, insert_organisation, organisation, organisation_by_name,
    organisation_by_registration, organisations_close_to, organisations_of_registration,
    update_organisation,
};
pub use person::{
    PersonRow, insert_person, people_by_email, people_by_phone, people_of_organisation,
    people_of_organisation_count, person, person_by_email_and_name, person_identity, update_person,
    void_links,
};
pub use search::{
    OrganisationFilter, OrganisationListRow, PeopleFilter, PersonListRow, PersonSort,
    all_organisations_to_compare, all_people_to_compare, count_organisations, count_people,
    search_organisations, search_people,
};
pub use separate::{SettledRow, separate_organisation, separate_person};

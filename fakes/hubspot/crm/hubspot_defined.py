"""The properties and groups that HubSpot itself defines on contacts, those an SMS app meets."""

from collections.abc import Mapping
from types import MappingProxyType

from fakes.hubspot.crm.definitions import Group, Option, Property
from fakes.hubspot.crm.hubspot_options import MARKETABLE, REASONS, STAGE_OPTIONS, YES_NO

CONTACT_INFORMATION = "contactinformation"

GROUPS: Mapping[str, Group] = MappingProxyType(
    {
        name: Group(name=name, label=label, label_fr=label_fr, display_order=order)
        for order, (name, label, label_fr) in enumerate(
            (
                (CONTACT_INFORMATION, "Contact information", "Informations sur le contact"),
                ("emailinformation", "Email information", "Informations sur l'e-mail"),
                ("contact_activity", "Contact activity", "Activité du contact"),
                ("analyticsinformation", "Web analytics history", "Historique d'analyse web"),
                ("conversioninformation", "Conversion information", "Informations de conversion"),
                ("sales_properties", "Sales properties", "Propriétés de vente"),
                ("deal_information", "Deal information", "Informations sur la transaction"),
                (
                    "facebook_ads_properties",
                    "Facebook Ads properties",
                    "Propriétés des publicités Facebook",
                ),
                (
                    "socialmediainformation",
                    "Social media information",
                    "Informations sur les réseaux sociaux",
                ),
            )
        )
    }
)
"""Source: a real dump of an account's properties (single); French labels: assumed but the first."""


def _free(name: str, label: str, label_fr: str, field_type: str = "text") -> Property:
    return Property(
        name=name,
        label=label,
        label_fr=label_fr,
        group=CONTACT_INFORMATION,
        type="string",
        field_type=field_type,
        form_field=True,
        hubspot_defined=True,
    )


def _kept(
    name: str,
    label: str,
    label_fr: str,
    kind: tuple[str, str] = ("string", "text"),
    options: tuple[Option, ...] = (),
    *,
    calculated: bool = False,
    hidden: bool = False,
) -> Property:
    return Property(
        name=name,
        label=label,
        label_fr=label_fr,
        group=CONTACT_INFORMATION,
        type=kind[0],
        field_type=kind[1],
        options=options,
        hubspot_defined=True,
        read_only=True,
        calculated=calculated,
        hidden=hidden,
    )


def _phone_part(name: str, label: str, label_fr: str, type_: str = "string") -> Property:
    field_type = "phonenumber" if type_ == "phone_number" else "text"
    return _kept(name, label, label_fr, (type_, field_type), calculated=True, hidden=True)


_DATE = ("datetime", "date")
_CHECKBOX = ("enumeration", "booleancheckbox")
_PHONE = "Calculated phone number"
_TEL = "Numéro de téléphone calculé"
_SEARCHED = "Calculated phone number in search"
_CHERCHE = "Numéro de téléphone calculé pour la recherche"

PROPERTIES: Mapping[str, Property] = MappingProxyType(
    {
        definition.name: definition
        for definition in (
            _free("email", "Email", "E-mail"),
            _free("firstname", "First Name", "Prénom"),
            _free("lastname", "Last Name", "Nom"),
            _free("salutation", "Salutation", "Salutation"),
            _free("jobtitle", "Job Title", "Intitulé du poste"),
            _free("company", "Company Name", "Nom de l'entreprise"),
            _free("address", "Street Address", "Adresse postale"),
            _free("city", "City", "Ville"),
            _free("zip", "Postal Code", "Code postal"),
            _free("state", "State/Region", "État/Région"),
            _free("country", "Country/Region", "Pays/Région"),
            _free("website", "Website URL", "URL du site web"),
            _free("fax", "Fax Number", "Numéro de fax"),
            _free("phone", "Phone Number", "Numéro de téléphone", "phonenumber"),
            _free("mobilephone", "Mobile Phone Number", "Numéro de portable", "phonenumber"),
            _free(
                "hs_whatsapp_phone_number",
                "WhatsApp Phone Number",
                "Numéro de téléphone WhatsApp",
                "phonenumber",
            ),
            Property(
                name="lifecyclestage",
                label="Lifecycle Stage",
                label_fr="Phase du cycle de vie",
                group=CONTACT_INFORMATION,
                type="enumeration",
                field_type="radio",
                options=STAGE_OPTIONS,
                form_field=True,
                hubspot_defined=True,
            ),
            _kept("hs_object_id", "Record ID", "ID de fiche d'informations", ("number", "number")),
            _kept("createdate", "Create Date", "Date de création", _DATE),
            _kept("lastmodifieddate", "Last Modified Date", "Date de dernière modification", _DATE),
            _kept("hs_email_domain", "Email Domain", "Domaine de l'e-mail", calculated=True),
            _kept(
                "hs_additional_emails",
                "Additional email addresses",
                "Adresses e-mail supplémentaires",
                ("enumeration", "checkbox"),
            ),
            _kept(
                "hs_is_contact",
                "Is a contact",
                "Est un contact",
                ("bool", "booleancheckbox"),
                YES_NO,
                calculated=True,
                hidden=True,
            ),
            _kept(
                "hs_all_contact_vids",
                "All vids for a contact",
                "Tous les identifiants du contact",
                ("enumeration", "checkbox"),
                calculated=True,
                hidden=True,
            ),
            _kept(
                "hs_merged_object_ids",
                "Merged record IDs",
                "ID des fiches d'informations fusionnées",
                ("enumeration", "checkbox"),
            ),
            _kept("hs_pipeline", "Pipeline", "Pipeline", hidden=True),
            _kept(
                "hs_marketable_status",
                "Marketing contact status",
                "Statut de contact marketing",
                _CHECKBOX,
                MARKETABLE,
            ),
            _kept(
                "hs_marketable_reason_type",
                "Marketing contact status source type",
                "Type de source du statut de contact marketing",
                ("enumeration", "select"),
                REASONS,
            ),
            _kept(
                "hs_marketable_reason_id",
                "Marketing contact status source name",
                "Nom de la source du statut de contact marketing",
            ),
            _kept(
                "hs_marketable_until_renewal",
                "Marketing contact until next update",
                "Contact marketing jusqu'à la prochaine mise à jour",
                _CHECKBOX,
                YES_NO,
            ),
            _phone_part("hs_calculated_phone_number", _PHONE, _TEL),
            _phone_part(
                "hs_calculated_phone_number_country_code", f"{_PHONE}: country", f"{_TEL} : pays"
            ),
            _phone_part(
                "hs_calculated_phone_number_region_code", f"{_PHONE}: region", f"{_TEL} : région"
            ),
            _phone_part(
                "hs_calculated_phone_number_area_code", f"{_PHONE}: area", f"{_TEL} : zone"
            ),
            _phone_part("hs_calculated_mobile_number", f"{_PHONE}: mobile", f"{_TEL} : portable"),
            _phone_part(
                "hs_searchable_calculated_phone_number", _SEARCHED, _CHERCHE, "phone_number"
            ),
            _phone_part(
                "hs_searchable_calculated_mobile_number",
                f"{_SEARCHED}: mobile",
                f"{_CHERCHE} : portable",
                "phone_number",
            ),
            _phone_part(
                "hs_searchable_calculated_international_phone_number",
                f"{_SEARCHED}: international",
                f"{_CHERCHE} : international",
                "phone_number",
            ),
        )
    }
)
"""Source: a real dump of an account's contact properties (single); French labels: assumed."""

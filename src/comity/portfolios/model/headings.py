"""What columns of customer files are called, in the languages in which such files come: a table, not rules."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

HEADINGS: Final[dict[str, str]] = {
    "id": (
        "id, customer id, customer number, customer no, customer ref, client id, client number, client no, party id, account holder id, "
        "reference, ref, cif, cif number, supplier id, vendor id, kundennummer, kunden nr, kundennr, kunden id, personennummer, "
        "lieferantennummer, numero client, no client, identifiant, identifiant client, id client, code client, numero de cliente, "
        "codigo cliente, id cliente, codice cliente, numero cliente, klantnummer, klantnr, kundnummer, kundenummer, asiakasnumero, "
        "numer klienta, nr klienta, cislo zakaznika, musteri no, musteri numarasi, номер клиента, код клиента, ид клиента, "
        "رقم العميل, معرف العميل, 客户编号, 客户号, 顧客番号, 고객번호"
    ),
    "schema": "schema, type, typ, tipo, type of party, party type, customer type, client type, entity type, kind, kundentyp, kundenart, type client, tipo cliente, klanttype, тип клиента, نوع العميل, 客户类型",
    "name": (
        "name, full name, fullname, customer name, client name, party name, account name, legal name, company name, company, "
        "organisation, organization, business name, vessel name, ship name, supplier name, vendor name, firma, firmenname, "
        "vollstandiger name, kundenname, bezeichnung, name des kunden, nom complet, raison sociale, denomination, nom du client, "
        "nombre completo, razon social, denominacion, nombre del cliente, ragione sociale, denominazione, nome completo, razao social, "
        "nome do cliente, volledige naam, naam, bedrijfsnaam, fullstandigt namn, foretagsnamn, fulde navn, navn, nimi, nazwa, "
        "pelna nazwa, imie i nazwisko, nazev, cele jmeno, ad soyad, unvan, фио, полное имя, наименование, название, полное наименование, "
        "الاسم, الاسم الكامل, اسم العميل, 姓名, 名称, 客户名称, 公司名称, 氏名, 会社名, 성명, 이름, 회사명"
    ),
    "firstName": (
        "first name, firstname, given name, given names, forename, forenames, vorname, vornamen, prenom, prenoms, nombre, nombres, "
        "nombre de pila, nome, voornaam, voornamen, fornamn, fornavn, etunimi, imie, jmeno, krestni jmeno, ad, isim, имя, الاسم الأول, 名, 이름 명"
    ),
    "middleName": "middle name, middlename, middle names, second name, zweiter vorname, deuxieme prenom, segundo nombre, secondo nome, tweede voornaam, drugie imie",
    "fatherName": "patronymic, father name, fathers name, vatersname, patronyme, отчество, اسم الأب",
    "lastName": (
        "last name, lastname, surname, family name, nachname, familienname, zuname, nom, nom de famille, apellido, apellidos, cognome, "
        "sobrenome, apelido, achternaam, familienaam, efternamn, efternavn, etternavn, sukunimi, nazwisko, prijmeni, soyad, soyadi, "
        "фамилия, اسم العائلة, اللقب, 姓, 성"
    ),
    "alias": "alias, aliases, aka, also known as, other names, trading name, trade name, dba, alternativer name, andere namen, alias nom, nom commercial, nombre comercial, nome commerciale, handelsnaam, псевдоним, اسم آخر, 别名",
    "previousName": "previous name, former name, maiden name, birth name, name at birth, geburtsname, fruherer name, madchenname, nom de naissance, nom de jeune fille, ancien nom, apellido de soltera, nome precedente, geboortenaam, прежнее имя, 曾用名",
    "birthDate": (
        "date of birth, birth date, birthdate, dob, born, born on, birthday, geburtsdatum, geburtstag, geb datum, geboren am, geboren, "
        "date de naissance, ne le, naissance, fecha de nacimiento, fecha nacimiento, data di nascita, data nascita, data de nascimento, "
        "geboortedatum, fodelsedatum, fodselsdato, syntymaaika, data urodzenia, datum narozeni, dogum tarihi, дата рождения, "
        "تاريخ الميلاد, 出生日期, 生日, 生年月日, 생년월일"
    ),
    "incorporationDate": "incorporation date, date of incorporation, incorporated, incorporated on, founded, date founded, registration date, grundungsdatum, gegrundet, date de creation, date de constitution, fecha de constitucion, data di costituzione, oprichtingsdatum, дата регистрации, تاريخ التأسيس, 成立日期",
    "buildDate": "build date, year built, built, year of build, baujahr, annee de construction, ano de construccion, anno di costruzione, bouwjaar, год постройки",
    "gender": "gender, sex, geschlecht, sexe, sexo, genero, sesso, geslacht, kon, kjonn, plec, pohlavi, cinsiyet, пол, الجنس, 性别, 性別, 성별",
    "country": (
        "country, country code, country of residence, residence country, residence, land, landercode, wohnsitzland, wohnland, pays, "
        "pays de residence, pais, pais de residencia, paese, paese di residenza, nazione, land van verblijf, maa, kraj, zeme, ulke, "
        "страна, страна проживания, البلد, بلد الإقامة, 国家, 居住国, 国, 국가"
    ),
    "nationality": "nationality, nationalities, nationalitat, staatsangehorigkeit, nationalite, nacionalidad, nazionalita, nacionalidade, nationaliteit, nationalitet, kansalaisuus, narodowosc, statni prislusnost, uyruk, национальность, الجنسية, 国籍, 국적",
    "citizenship": "citizenship, staatsburgerschaft, citoyennete, ciudadania, cittadinanza, cidadania, burgerschap, medborgarskap, statsborgerskap, obywatelstwo, obcanstvi, vatandaslik, гражданство",
    "jurisdiction": "jurisdiction, country of incorporation, incorporation country, country of registration, sitzland, grundungsland, pays d immatriculation, pais de constitucion, paese di costituzione, страна регистрации, بلد التأسيس, 注册地",
    "birthCountry": "country of birth, birth country, geburtsland, pays de naissance, pais de nacimiento, paese di nascita, geboorteland, страна рождения, بلد الميلاد, 出生国",
    "flag": "flag, flag state, flagge, flaggenstaat, pavillon, bandera, bandiera, vlag, vlagstaat, флаг",
    "mainCountry": "main country, country of operation, principal country",
    "address": "address, full address, postal address, registered address, adresse, anschrift, adresse complete, adresse postale, direccion, domicilio, indirizzo, endereco, adres, adress, osoite, adresa, адрес, العنوان, 地址, 住所, 주소",
    "street": "street, street address, address line 1, address1, strasse, str, strasse und hausnummer, rue, voie, calle, via, rua, straat, gata, gade, katu, ulica, ulice, sokak, улица, الشارع, 街道",
    "postalCode": "postal code, postcode, zip, zip code, plz, postleitzahl, code postal, codigo postal, cap, cep, postnummer, postinumero, kod pocztowy, psc, posta kodu, индекс, почтовый индекс, الرمز البريدي, 邮编",
    "city": "city, town, place, ort, stadt, wohnort, ville, commune, ciudad, localidad, citta, comune, cidade, stad, plaats, woonplaats, ort, by, kaupunki, miasto, miejscowosc, mesto, sehir, город, المدينة, 城市",
    "passportNumber": "passport, passport number, passport no, reisepass, reisepassnummer, passnummer, passeport, numero de passeport, pasaporte, numero de pasaporte, passaporto, numero passaporto, paspoort, paspoortnummer, passi, paszport, numer paszportu, pas, pasaport, pasaport no, паспорт, номер паспорта, رقم الجواز, جواز السفر, 护照, 护照号, 旅券番号",
    "idNumber": "id card, identity card, identity number, national id, national id number, national identity number, personal number, ausweis, ausweisnummer, personalausweis, carte d identite, numero d identite, dni, nie, documento de identidad, documento, carta d identita, cedula, identiteitskaart, personnummer, fodselsnummer, henkilotunnus, pesel, rodne cislo, tc kimlik no, удостоверение, снилс, رقم الهوية, الهوية الوطنية, 身份证, 身份证号",
    "taxNumber": "tax id, tax number, tin, tax identification number, vat, vat number, vat id, steuernummer, steuer id, ust id, numero fiscal, numero de tva, siren tva, nif, nit, rfc, codice fiscale, partita iva, cpf, cnpj, bsn, btw nummer, nip, dic, vergi no, رقم ضريبي, 税号",
    "registrationNumber": "registration number, registration no, company number, company registration number, register number, trade register, handelsregisternummer, hrb, registernummer, siren, siret, rcs, numero d immatriculation, registro mercantil, numero de registro, numero rea, kvk, kvk nummer, organisationsnummer, cvr, y tunnus, krs, regon, ico, ticaret sicil no, регистрационный номер, السجل التجاري, رقم التسجيل, 注册号, 统一社会信用代码, 法人番号",
    "leiCode": "lei, lei code, legal entity identifier",
    "imoNumber": "imo, imo number, imo no, imo nummer, numero imo, номер имо",
    "mmsi": "mmsi, mmsi number",
    "swiftBic": "bic, swift, swift code, bic code, swift bic",
    "innCode": "inn, инн",
    "ogrnCode": "ogrn, огрн",
    "publicKey": "wallet, wallet address, crypto address, blockchain address, public key",
    "type": "vessel type, ship type, type of vessel, schiffstyp, type de navire, tipo de buque, tipo di nave, scheepstype, тип судна",
    "tonnage": "tonnage, gross tonnage, gt, dwt, deadweight, bruttoraumzahl, tonelaje, stazza",
}  # fmt: skip
"""Spellings of each property's heading, separated by commas; read without case, accents and punctuation."""


def folded(heading: str) -> str:
    """Return a heading without case, accents and punctuation, and with single spaces; `dateOfBirth` is `date of birth`."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    plain = unicodedata.normalize("NFKD", apart.casefold())
    bare = "".join(" " if not char.isalnum() else char for char in plain if not unicodedata.combining(char))
    return " ".join(bare.replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("ı", "i").split())


@cache
def table() -> dict[str, str]:
    """Return the property of every heading, folded; where two have one spelling the first in `HEADINGS` has it."""
    found: dict[str, str] = {}
    for property_, spellings in HEADINGS.items():
        for spelling in (property_, *spellings.split(",")):
            found.setdefault(folded(spelling), property_)
    return found


def property_of(heading: str) -> str:
    """Return the property that a heading names; empty if none."""
    plain = folded(heading)
    return table().get(plain) or table().get(re.sub(r" ?\d+$", "", plain), "")

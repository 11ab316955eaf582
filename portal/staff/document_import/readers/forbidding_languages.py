"""The words by which documents in other languages than English and French forbid publication."""

# Phrases that mean nothing else, wherever they stand among the first lines.
PHRASES = (
    r"\bembargo (?:bis|hasta|até|fino|tot|til|do)\b|\b(?:bajo|sob|sotto|onder|unter) embargo\b"
    # German
    r"|\bsperrfrist\b|\bstreng vertraulich\b"
    r"|\bnicht (?:zur|für die) (?:veröffentlichung|weitergabe|verbreitung)\b"
    r"|\bnur (?:für den|zum) (?:internen gebrauch|dienstgebrauch)\b|\bveröffentlichung (?:erst|nicht) \w+"
    # Spanish, Portuguese and Italian
    r"|\bprohibida su (?:difusión|publicación|divulgación)\b|\bno (?:difundir|publicar|divulgar|citar)\b"
    r"|\b(?:estrictamente|estritamente) confidencial\b|\buso (?:exclusivamente |strettamente )?intern[oe]\b"
    r"|\bnão (?:divulgar|publicar|citar|difundir)\b|\bnon (?:pubblicare|divulgare|diffondere|citare)\b"
    r"|\bstrettamente (?:riservat[oa]|confidenziale)\b"
    # Dutch, Swedish, Danish and Norwegian
    r"|\b(?:strikt|strengt) (?:vertrouwelijk|fortroligt?)\b|\bniet (?:voor|ter) (?:publicatie|verspreiding)\b"
    r"|\b(?:voor|till?) internt? (?:gebruik|brug|bruk)\b|\b(?:ej|inte) för publicering\b"
    r"|\bikke til (?:offentliggørelse|offentliggjøring|publisering)\b"
    # Russian, Ukrainian and Polish
    r"|\bне для (?:публикации|печати|распространения|публікації|друку|поширення)\b|\bне подлежит \w+"
    r"|\bдля (?:служебного|внутреннего) (?:пользования|использования)\b|\bсовершенно секретно\b"
    r"|\bnie do (?:publikacji|rozpowszechniania)\b|\bdo użytku wewnętrznego\b"
    # Turkish, Indonesian and Swahili
    r"|\bhizmete özel\b|\byayımlanamaz\b|\btidak untuk (?:dipublikasikan|disebarluaskan)\b"
    r"|\bsi kwa kuchapishwa\b"
    # Arabic, Persian and Hindi
    r"|غير (?:مخصص )?للنشر|ليس للنشر|سر[يی] للغاية|محظور النشر|للاستخدام الداخلي|غیر ?قابل انتشار"
    r"|प्रकाशन के लिए नहीं"
    # Chinese and Japanese
    r"|[请請]勿(?:外[传傳]|公[开開]|[转轉][发發]|[发發]表)|不得(?:公[开開]|[发發]表|外[传傳])|[内內]部[资資]料"
    r"|社外秘|部外秘|公表禁止"
)
# Words that forbid where they stand alone, or in a header.
WORDS = (
    r"\bvertraulich\b|\bconfidencial\b|\bconfidenziale\b|\briservat[oa]\b|\bvertrouwelijk\b|\bkonfidentiellt?\b"
    r"|\bfortroligt?\b|\bконфиденциально\b|\bконфіденційно\b|\bсекретно\b|\bpoufn[ey]\b|\bgizlidir\b|\bgizli\b"
    r"|\brahasia\b|\bsiri\b|(?<!\w)سر[يی](?!\w)|محرمانه|गोपनीय|[机機]密|保密|[极極]秘"
)

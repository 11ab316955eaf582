"""Words, letters and endings that tell languages apart in texts that are too short for their small words."""

import re

# Words of reports and pages about the work for children, which stand where a line has no small words.
ENGLISH = set(
    "child children girl girls boy boys woman women men man people person persons family families pupil "
    "pupils student students teacher teachers school schools class classes classroom classrooms "
    "training trainings trained reached built house houses home homes village villages town towns "
    "district districts clinic clinics nurse nurses midwife midwives health care education right rights "
    "project projects programme programmes program network report reports annual year years month "
    "months week weeks day days result results impact work works worked centre centres center centers "
    "shelter shelters water well wells food meals kits book books support helped opened founded "
    "published set ran made gave given taught new old one two three four five six seven eight nine ten "
    "twelve first second last next per volunteers members staff partner partners government ministry "
    "law laws campaign campaigns vision goal goals value values youth young adults parents mother "
    "mothers father fathers babies refugees survivors workshops sessions clubs percent million thousand "
    "hundred islands island north south east west safe free open every early left came back found lost "
    "began held won led put wrote read rebuilt taken born".split()
)
# These a neighbour writes as well.
WEAK_ENGLISH = set(
    "a an as at be by do for had has he her him if in is it me my no of on or over she so up was we "
    "with".split()
)
FRENCH = set(
    "enfant enfants fille filles garçon garçons femme femmes homme hommes famille familles élève élèves "
    "enseignant enseignants enseignante enseignantes école écoles formé formés formée formées construit "
    "construite construites construits atteint atteints atteinte atteintes santé éducation droits "
    "projet projets réseau rapport annuel année années ans mois résultats résultat travail eau puits "
    "repas livres soutien ouvert ouverts fondé fondée lancé publié vaccinés vaccinées logées logés "
    "libérés libérées scolarisés scolarisées distribués distribuées jeunes mères pères bénévoles "
    "soignants villes îles nous notre nos depuis dont villages districts classes parents volontaires "
    "mission vision campagne gouvernement partenaires chez grâce mille cents deux trois quatre cinq "
    "huit neuf dix douze formation plus".split()
)
WEAK_FRENCH = set("de la en du des un une au à le les et par se sa ne on si".split())
OTHERS = set(
    "niño niños niña niñas infancia escuela escuelas maestro maestros maestra maestras docente docentes "
    "familias mujeres hombres personas jóvenes construidas construidos capacitados capacitadas formamos "
    "red redes año años informe salud educación derechos nuestra nuestro nuestros nuestras logros "
    "misión hemos alumnos alumnas niñez comunidad comunidades programa programas desde hasta entre "
    "fueron muchos más criança crianças escola escolas professor professores professora professoras "
    "famílias mulheres homens rede relatório ano anos saúde educação direitos nossa nosso missão foram "
    "meninas meninos "
    # Italian and Romanian
    "bambino bambini bambina bambine scuola scuole insegnanti insegnante famiglie donne abbiamo nostra "
    "nostro anni rete copii școli profesori familii am fost "
    # German, Dutch and the languages of the north
    "kinder mädchen jungen schule schulen lehrer lehrkräfte lehrkräften familien frauen jahr jahre "
    "jahren wir haben unser unsere unserer wurden gebaut geimpft ausgebildet erreicht kinderen meisjes "
    "jongens scholen leraren gezinnen vrouwen jaar wij hebben opgeleid gebouwd barn flickor skolor "
    "lärare utbildade børn skoler lærere jenter vi år "
    # Polish, Czech and Turkish
    "dzieci szkół nauczycieli roku děti škol učitelů çocuk çocuklar okul öğretmen yılında "
    # Swahili, Indonesian, Haitian Creole, Somali and Vietnamese
    "watoto walimu shule wasichana wavulana mwaka mafunzo anak guru sekolah tahun kami pada melatih "
    "timoun lekòl pwofesè lane nou te fòme ti carruur macallin sannadkii waxaan trẻ giáo".split()
)
WEAK_OTHERS = set(
    "de la las los el en un una y a o e em da do das dos di il lo le gli con por para per se del al que "
    "och der die das den und mit im am van het een na ya wa ni w z i ve".split()
)
FRENCH_LETTERS = re.compile("[éèêëàâîïôùûçœ]")
OTHER_LETTERS = re.compile("[^a-zéèêëàâîïôùûçœæ’'-]")
ENGLISH_SHAPE = re.compile(
    r"\w{2}ing$|[^aeiou]ed$|[^e]ed$|ness$|ship$|ght|^th|th$|^wh|ck|^sh|sh$|ly$|ful$|ow$"
)
FRENCH_SHAPE = re.compile(r"\w(?:ées?|és|eurs?|euses?|eaux|aux|ement|aient|ienne|trice)$|eau")
OTHER_SHAPE = re.compile(
    r"\w(?:ad[ao]s|id[ao]s|aron|[iy]eron|amos|emos|imos|dad|idade|ciones|zione|zioni|ungen|ung|lich|keit|heit"
    r"|schaft|ij\w*)$|^ge\w+(?:t|en)$|sch|^wali|^tuli|ll[oa]s?$|aa|lich|ari[ao]s$"
)

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source> (95 % interval).</source>
        <translation>입니다(95 % 구간).</translation>
    </message>
    <message>
        <source> {found} were found, so up to {share} may be missed.</source>
        <translation>: {found}를 찾았으니 최대 {share}까지는 놓칠 수 있습니다.</translation>
    </message>
    <message>
        <source>'Not sure' was tried on {many} of its own classes only: {strange} may still be named as one of them.</source>
        <translation>'잘 모름'은 자기 클래스의 {many}에만 시험했습니다. {strange}에도 클래스 중 하나를 답할 수 있습니다.</translation>
    </message>
    <message>
        <source>'not sure'</source>
        <translation>'잘 모름'</translation>
    </message>
    <message>
        <source>'not sure' {cost}</source>
        <translation>'잘 모름' {cost}</translation>
    </message>
    <message>
        <source>'{name}' means that nothing happens</source>
        <translation>'{name}'은(는) 아무 일도 없다는 뜻</translation>
    </message>
    <message>
        <source>. It learned from amounts between {low} and {high}; beyond them it can only guess.</source>
        <translation>. {low}부터 {high}까지의 양으로 학습했으며, 그 밖은 짐작일 뿐입니다.</translation>
    </message>
    <message>
        <source>90 of 100 within</source>
        <translation>100개 중 90개의 범위</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 구간</translation>
    </message>
    <message>
        <source>: {found} {many} of it were found ({range}).</source>
        <translation>. {many} {found}를 찾았습니다({range}).</translation>
    </message>
    <message>
        <source>? not known</source>
        <translation>? 알 수 없음</translation>
    </message>
    <message>
        <source>A model file from elsewhere. What it recognises, and from what data it learned, is not known.</source>
        <translation>다른 곳에서 온 모델 파일입니다. 무엇을 알아보는지, 어떤 데이터로 학습했는지 알 수 없습니다.</translation>
    </message>
    <message>
        <source>A model file on {device}</source>
        <translation>모델 파일 · {device}</translation>
    </message>
    <message>
        <source>All {n} operators run on the processor.</source>
        <translation>연산자 {n}개 모두 프로세서에서 실행합니다.</translation>
    </message>
    <message>
        <source>Budget {minutes} minutes: {trials} trials finished, {failed} failed; {rejected} configurations set aside before training because they do not fit. Seed {seed}.</source>
        <translation>예산 {minutes}분: 시도 {trials}개 완료, {failed}개 실패. 맞지 않아 학습 전에 제외한 구성 {rejected}개. 시드 {seed}.</translation>
    </message>
    <message>
        <source>Build it into a program for the board, and let the linker confirm the sizes.</source>
        <translation>보드용 프로그램에 넣어 빌드하고, 링커로 크기를 확인하세요.</translation>
    </message>
    <message>
        <source>Candidate #{id} for {device}</source>
        <translation>후보 #{id} · {device}</translation>
    </message>
    <message>
        <source>Candidate #{id}, trial {trial}, search space {space}, {weights} weights: </source>
        <translation>후보 #{id}, 시도 {trial}, 탐색 공간 {space}, 가중치 {weights}개: </translation>
    </message>
    <message>
        <source>Choose a larger device, or search again with this one as the limit.</source>
        <translation>더 큰 장치를 고르거나, 이 장치를 한도로 다시 탐색하세요.</translation>
    </message>
    <message>
        <source>Chosen by the validation {many} ({result}); the test {many} took no part in the choice.</source>
        <translation>검증용 {many}에서 얻은 결과로 골랐습니다({result}). 시험용 {many}에는 손대지 않았습니다.</translation>
    </message>
    <message>
        <source>Class by class, int8, {side} {many}</source>
        <translation>클래스별 결과, int8, {side} {many}</translation>
    </message>
    <message>
        <source>Confusion matrix; the table has its numbers</source>
        <translation>혼동 행렬. 수치는 표에 있습니다</translation>
    </message>
    <message>
        <source>Dataset version {digest}</source>
        <translation>데이터세트 버전 {digest}</translation>
    </message>
    <message>
        <source>Does it fit on {device}?</source>
        <translation>{device}에 맞나요?</translation>
    </message>
    <message>
        <source>Does it fit?</source>
        <translation>맞나요?</translation>
    </message>
    <message>
        <source>Each file was tested again after it was converted, on the same test {many}. The int8 model ran on the TensorFlow Lite reference kernels.</source>
        <translation>파일마다 변환한 뒤 같은 시험용 {many}에서 다시 시험했습니다. int8 모델은 TensorFlow Lite 참조 커널로 실행했습니다.</translation>
    </message>
    <message>
        <source>Energy of one run: {figure}</source>
        <translation>한 번 실행하는 에너지: {figure}</translation>
    </message>
    <message>
        <source>Export the bundle for this device and give it to your engineer.</source>
        <translation>이 장치용 번들을 내보내 엔지니어에게 전달하세요.</translation>
    </message>
    <message>
        <source>Find out what is not known above, or build it once: the linker has the last word.</source>
        <translation>위에서 모르는 것을 알아보거나 한 번 빌드해 보세요. 링커가 최종 판단을 합니다.</translation>
    </message>
    <message>
        <source>Flash and RAM by part, as in the table</source>
        <translation>부분별 플래시와 RAM, 표와 같은 값</translation>
    </message>
    <message>
        <source>For the engineer</source>
        <translation>엔지니어용</translation>
    </message>
    <message>
        <source>For {many} like those it learned from, taken the same way.</source>
        <translation>학습한 것과 비슷하고 같은 방법으로 얻은 {many}에 씁니다.</translation>
    </message>
    <message>
        <source>Give the whole bundle to your engineer; README.md says how to build and run it.</source>
        <translation>번들 전체를 엔지니어에게 전달하세요. 빌드와 실행 방법은 README.md에 있습니다.</translation>
    </message>
    <message>
        <source>How far off it is</source>
        <translation>얼마나 빗나가나요?</translation>
    </message>
    <message>
        <source>How far off, int8, {counted} of the {side} side</source>
        <translation>오차, int8, {side} {counted}</translation>
    </message>
    <message>
        <source>How fast it is</source>
        <translation>얼마나 빠른가요?</translation>
    </message>
    <message>
        <source>How good the models are</source>
        <translation>모델이 얼마나 좋은가요?</translation>
    </message>
    <message>
        <source>How it was found</source>
        <translation>찾은 방법</translation>
    </message>
    <message>
        <source>How often it is right</source>
        <translation>얼마나 자주 맞나요?</translation>
    </message>
    <message>
        <source>How often it is right was not tested: there is no data here.</source>
        <translation>얼마나 자주 맞는지는 시험하지 않았습니다. 데이터가 없습니다.</translation>
    </message>
    <message>
        <source>How often it is right, by how sure it is</source>
        <translation>확신한 정도에 따른 맞은 비율</translation>
    </message>
    <message>
        <source>How sure it is</source>
        <translation>얼마나 확신하나요?</translation>
    </message>
    <message>
        <source>How this is known: </source>
        <translation>근거: </translation>
    </message>
    <message>
        <source>In about {share} of 100 cases the truth lies within {width} of it.</source>
        <translation>100번 중 약 {share}번은 실제값이 {width} 안에 있습니다.</translation>
    </message>
    <message>
        <source>Intended use and limits</source>
        <translation>쓰임새와 한계</translation>
    </message>
    <message>
        <source>It always answers: on {n} validation samples nothing else cost less.</source>
        <translation>항상 답합니다. 검증 샘플 {n}개에서 그보다 비용이 적은 방법이 없었습니다.</translation>
    </message>
    <message>
        <source>It always answers: {why}</source>
        <translation>항상 답합니다: {why}</translation>
    </message>
    <message>
        <source>It does not learn on the device: where {many} change, it must be trained anew.</source>
        <translation>장치에서는 학습하지 않습니다. {many}의 모습이 달라지면 다시 학습해야 합니다.</translation>
    </message>
    <message>
        <source>It looks at a {one} and says the amount of </source>
        <translation>{one} 하나를 보고 다음 양을 알려 줍니다: </translation>
    </message>
    <message>
        <source>It looks at a {one} and says which of {n} classes it is:</source>
        <translation>{one} 하나를 보고 다음 {n}개 클래스 중 무엇인지 알려 줍니다:</translation>
    </message>
    <message>
        <source>It named {hits} {many} rightly that it had never seen before. With other {many} of the same sort, expect </source>
        <translation>처음 보는 {many}: {hits}를 맞혔습니다. 같은 종류의 다른 {many}에서 기대할 수 있는 값은 </translation>
    </message>
    <message>
        <source>It never answers: on {n} validation samples nothing else cost less.</source>
        <translation>절대 답하지 않습니다. 검증 샘플 {n}개에서 그보다 비용이 적은 방법이 없었습니다.</translation>
    </message>
    <message>
        <source>It says 'not sure' where its largest output is below {threshold}, chosen on {n} validation samples.</source>
        <translation>가장 큰 출력이 {threshold}보다 작으면 '잘 모름'이라고 답합니다. 이 값은 검증 샘플 {n}개로 정했습니다.</translation>
    </message>
    <message>
        <source>It was chosen for these costs: {costs}.</source>
        <translation>다음 비용에 맞춰 정했습니다: {costs}.</translation>
    </message>
    <message>
        <source>It was not checked on the test side.</source>
        <translation>시험용 데이터로 확인하지 않았습니다.</translation>
    </message>
    <message>
        <source>It was not tested yet: these figures are of the validation side, which chose the model, so they are too good.</source>
        <translation>아직 시험하지 않았습니다. 이 수치는 모델을 고르는 데 쓴 검증용 데이터의 것이라 실제보다 좋게 나옵니다.</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>만든 도구</translation>
    </message>
    <message>
        <source>Make the change named above, or choose a larger device.</source>
        <translation>위에 적힌 대로 바꾸거나 더 큰 장치를 고르세요.</translation>
    </message>
    <message>
        <source>Measured on {n} {side} samples: how sure it was and how often it was right are {apart} points apart on average; up to {chance} would be chance.</source>
        <translation>{side} 샘플 {n}개로 측정: 확신한 정도와 실제로 맞은 비율은 평균 {apart} %p 차이가 납니다. {chance} %p까지는 우연일 수 있습니다.</translation>
    </message>
    <message>
        <source>Memory and speed</source>
        <translation>메모리와 속도</translation>
    </message>
    <message>
        <source>Memory on {device}</source>
        <translation>{device}의 메모리</translation>
    </message>
    <message>
        <source>Models compared: {models}, devices: {devices}</source>
        <translation>비교한 모델 {models}개, 장치 {devices}개</translation>
    </message>
    <message>
        <source>No 'not sure' is in use.</source>
        <translation>'잘 모름'을 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>No C code was made for this report; `prove` makes it and shows that it is right.</source>
        <translation>이 보고서에는 C 코드를 만들지 않았습니다. `prove`가 만들고 올바른지 보여 줍니다.</translation>
    </message>
    <message>
        <source>No threshold was chosen: it always answers.</source>
        <translation>기준값을 정하지 않았습니다. 항상 답합니다.</translation>
    </message>
    <message>
        <source>No {one} of any class was missed. It still may be: of </source>
        <translation>놓친 {one} 하나 없지만, 앞으로도 없으리라는 뜻은 아닙니다. </translation>
    </message>
    <message>
        <source>Nobody checks its single answers: where a wrong one can hurt somebody, something else must stand in between.</source>
        <translation>답 하나하나를 사람이 확인하지 않습니다. 틀린 답이 사람을 다치게 할 수 있는 곳에는 다른 안전장치가 있어야 합니다.</translation>
    </message>
    <message>
        <source>Nobody said how many values a second the recordings have.</source>
        <translation>측정 기록이 초당 몇 개의 값인지 알려지지 않았습니다.</translation>
    </message>
    <message>
        <source>Nobody said what wrong answers cost, so one counts as much as two times 'not sure': it answers where an answer is more likely right than wrong.</source>
        <translation>틀린 답의 비용을 아무도 정하지 않아, 틀린 답 하나를 '잘 모름' 둘과 같게 보았습니다. 맞을 가능성이 더 클 때만 답합니다.</translation>
    </message>
    <message>
        <source>None of these libraries is inside the bundle; see LICENSES.txt.</source>
        <translation>이 라이브러리들은 번들에 들어 있지 않습니다. LICENSES.txt를 보세요.</translation>
    </message>
    <message>
        <source>Not known: the file does not say what it learned from.</source>
        <translation>알 수 없음: 파일에는 무엇으로 학습했는지 적혀 있지 않습니다.</translation>
    </message>
    <message>
        <source>Not known: the file was made elsewhere.</source>
        <translation>알 수 없음: 다른 곳에서 만든 파일입니다.</translation>
    </message>
    <message>
        <source>Not known: there is no data here to test it on.</source>
        <translation>알 수 없음: 시험해 볼 데이터가 없습니다.</translation>
    </message>
    <message>
        <source>Nothing was run on the device itself.</source>
        <translation>장치에서 직접 실행한 것은 없습니다.</translation>
    </message>
    <message>
        <source>Of classes the share right, of amounts the mean absolute error, each of the int8 model. Figures of the validation side are too good: it chose the models.</source>
        <translation>클래스는 맞은 비율, 양은 평균 절대 오차이며 모두 int8 모델의 것입니다. 검증용 데이터의 수치는 모델을 고르는 데 쓴 것이라 실제보다 좋게 나옵니다.</translation>
    </message>
    <message>
        <source>Of {n} {side} samples that left {open} open; of the others {right} were right. Both were measured with the int8 model; the ranges are 95 % intervals.</source>
        <translation>{side} 샘플 {n}개 가운데 '잘 모름'은 {open}였고, 나머지 가운데 맞은 비율은 {right}였습니다. 둘 다 int8 모델로 측정했으며 범위는 95 % 구간입니다.</translation>
    </message>
    <message>
        <source>On the same samples: how many only the one gets right (of amounts: is closer to), and how often chance alone would show as much.</source>
        <translation>같은 샘플에서 한쪽만 맞힌(양은 더 가까운) 개수와, 우연만으로 이만큼 차이가 날 확률입니다.</translation>
    </message>
    <message>
        <source>On the test side this held for {share} ({range}).</source>
        <translation>시험용 데이터에서는 {share}에서 그랬습니다({range}).</translation>
    </message>
    <message>
        <source>One file of {size}, SHA-256 {digest}.</source>
        <translation>파일 하나, {size}, SHA-256 {digest}.</translation>
    </message>
    <message>
        <source>One run: {figure}</source>
        <translation>한 번 실행: {figure}</translation>
    </message>
    <message>
        <source>Operators</source>
        <translation>연산자</translation>
    </message>
    <message>
        <source>Residuals; the table has their numbers</source>
        <translation>잔차. 수치는 표에 있습니다</translation>
    </message>
    <message>
        <source>So far off it was on average on {counted} that it had never seen before. With other {many} of the same sort, expect </source>
        <translation>처음 보는 {counted}에서 평균 이만큼 빗나갔습니다. 같은 종류의 다른 {many}에서 기대할 수 있는 값은 </translation>
    </message>
    <message>
        <source>Speed and energy on the device were not measured.</source>
        <translation>장치에서의 속도와 에너지는 측정하지 않았습니다.</translation>
    </message>
    <message>
        <source>Test it on the test side before you trust it: `export` does that.</source>
        <translation>믿고 쓰기 전에 시험용 데이터로 시험하세요. `export`가 시험합니다.</translation>
    </message>
    <message>
        <source>Test {many} come from the same collection as the training {many}; {other}.</source>
        <translation>시험용과 학습용 {many}의 출처가 같습니다. {other}.</translation>
    </message>
    <message>
        <source>The data it learned from</source>
        <translation>학습한 데이터</translation>
    </message>
    <message>
        <source>The device's memory sizes do not rest on two agreeing sources.</source>
        <translation>장치의 메모리 크기는 일치하는 두 출처로 확인되지 않았습니다.</translation>
    </message>
    <message>
        <source>The hardest class is </source>
        <translation>가장 어려운 클래스: </translation>
    </message>
    <message>
        <source>The intervals take the {n} samples as independent.</source>
        <translation>구간은 샘플 {n}개를 서로 독립으로 보고 구했습니다.</translation>
    </message>
    <message>
        <source>The intervals take the {n} whole sessions or recordings as independent.</source>
        <translation>구간은 세션이나 측정 기록 {n}개를 서로 독립으로 보고 구했습니다.</translation>
    </message>
    <message>
        <source>The model always names one of its classes, also for {strange}.</source>
        <translation>모델은 언제나 자기 클래스 중 하나를 답합니다. {strange}에도 그렇습니다.</translation>
    </message>
    <message>
        <source>The model always tells an amount, also for {strange}.</source>
        <translation>모델은 언제나 양을 답합니다. {strange}에도 그렇습니다.</translation>
    </message>
    <message>
        <source>The model as C code</source>
        <translation>C 코드로 만든 모델</translation>
    </message>
    <message>
        <source>The models, side by side</source>
        <translation>모델 파일 비교</translation>
    </message>
    <message>
        <source>The preprocessing in C was not run on the device.</source>
        <translation>C 전처리 코드를 장치에서 실행하지 않았습니다.</translation>
    </message>
    <message>
        <source>The results with their intervals, as in the table</source>
        <translation>구간을 표시한 결과. 표와 같은 값</translation>
    </message>
    <message>
        <source>The whole program for the board was not compiled here.</source>
        <translation>보드용 프로그램 전체를 여기서 컴파일하지는 않았습니다.</translation>
    </message>
    <message>
        <source>The window collector of preprocess.c takes about {size} more RAM.</source>
        <translation>preprocess.c의 윈도우 수집기에 RAM이 약 {size} 더 필요합니다.</translation>
    </message>
    <message>
        <source>The {many} it learned from</source>
        <translation>학습에 쓴 {many}</translation>
    </message>
    <message>
        <source>The {name} model was not tested.</source>
        <translation>{name} 모델은 시험하지 않았습니다.</translation>
    </message>
    <message>
        <source>There is none. </source>
        <translation>없습니다. </translation>
    </message>
    <message>
        <source>Time and energy</source>
        <translation>시간과 에너지</translation>
    </message>
    <message>
        <source>Try it where it will be used, with new {many}, before anything depends on it.</source>
        <translation>실제로 쓰기 전에, 쓸 곳에서 새로운 {many}에서 시험해 보세요.</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>무엇을 하나요?</translation>
    </message>
    <message>
        <source>What it is meant for is not known; ask whoever made it.</source>
        <translation>쓰임새를 알 수 없습니다. 만든 사람에게 물어보세요.</translation>
    </message>
    <message>
        <source>What it recognises</source>
        <translation>무엇을 알아보나요?</translation>
    </message>
    <message>
        <source>What it tells</source>
        <translation>무엇을 알려 주나요?</translation>
    </message>
    <message>
        <source>What its input must go through before is not known.</source>
        <translation>입력을 어떻게 전처리해야 하는지 알 수 없습니다.</translation>
    </message>
    <message>
        <source>What to do next</source>
        <translation>다음에 할 일</translation>
    </message>
    <message>
        <source>What was not proved</source>
        <translation>증명되지 않은 것</translation>
    </message>
    <message>
        <source>What was not proved of any</source>
        <translation>어느 것도 증명되지 않은 것</translation>
    </message>
    <message>
        <source>What was shown of it, on: </source>
        <translation>다음 입력으로 보인 것: </translation>
    </message>
    <message>
        <source>What was taken in one session, and copies of one another, stand on one side together. Split with seed {seed}.</source>
        <translation>한 세션에서 얻은 것과 서로 복사본인 것은 같은 쪽에 둡니다. 나눌 때의 시드 {seed}.</translation>
    </message>
    <message>
        <source>Where {runtime} runs each operator, in the order of the file:</source>
        <translation>{runtime}: 연산자마다 실행하는 곳, 파일에 있는 순서대로</translation>
    </message>
    <message>
        <source>Which of two is better</source>
        <translation>둘 중 어느 쪽이 나은가요?</translation>
    </message>
    <message>
        <source>a false alarm {cost}</source>
        <translation>잘못된 알림 {cost}</translation>
    </message>
    <message>
        <source>a miss {cost}</source>
        <translation>놓침 {cost}</translation>
    </message>
    <message>
        <source>a picture of something else</source>
        <translation>전혀 다른 것을 찍은 사진</translation>
    </message>
    <message>
        <source>a row unlike any it learned from</source>
        <translation>학습한 것과 다른 행</translation>
    </message>
    <message>
        <source>a signal of something else</source>
        <translation>전혀 다른 것의 신호</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>외 {n}개</translation>
    </message>
    <message>
        <source>and {n} more, on the pages after this one</source>
        <translation>외 {n}가지는 다음 쪽에 있습니다</translation>
    </message>
    <message>
        <source>another camera, light or place was not tested</source>
        <translation>다른 카메라, 조명, 장소에서는 시험하지 않았습니다</translation>
    </message>
    <message>
        <source>another sensor, another way to fix it, another person or machine was not tested</source>
        <translation>다른 센서, 다른 부착 방법, 다른 사람이나 기계로는 시험하지 않았습니다</translation>
    </message>
    <message>
        <source>at worst {size}</source>
        <translation>최악의 경우 {size}</translation>
    </message>
    <message>
        <source>balanced accuracy: mean share found</source>
        <translation>균형 정확도: 찾은 비율의 평균</translation>
    </message>
    <message>
        <source>change</source>
        <translation>변화</translation>
    </message>
    <message>
        <source>class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>compared</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>device has</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>energy</source>
        <translation>에너지</translation>
    </message>
    <message>
        <source>file</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>flash</source>
        <translation>플래시</translation>
    </message>
    <message>
        <source>float32: found</source>
        <translation>float32: 찾은 비율</translation>
    </message>
    <message>
        <source>found</source>
        <translation>찾은 비율</translation>
    </message>
    <message>
        <source>found: of the {many} of this class, the share that was found. Right when named: of those called this class, the share that is.</source>
        <translation>찾은 비율: 이 클래스의 {many} 가운데 찾아낸 비율. 답이 맞은 비율: 이 클래스라고 답한 것 가운데 실제로 그런 비율.</translation>
    </message>
    <message>
        <source>how it is known</source>
        <translation>근거(영어 원문)</translation>
    </message>
    <message>
        <source>how much</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>how often it was right</source>
        <translation>실제로 맞은 비율</translation>
    </message>
    <message>
        <source>how sure it was</source>
        <translation>확신한 정도</translation>
    </message>
    <message>
        <source>in {runtime}</source>
        <translation>{runtime}에서</translation>
    </message>
    <message>
        <source>int8: found</source>
        <translation>int8: 찾은 비율</translation>
    </message>
    <message>
        <source>int8: right when named</source>
        <translation>int8: 답이 맞은 비율</translation>
    </message>
    <message>
        <source>library</source>
        <translation>라이브러리</translation>
    </message>
    <message>
        <source>licence</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>limit not known</source>
        <translation>한도를 모름</translation>
    </message>
    <message>
        <source>macro F1: mean of the classes' F1</source>
        <translation>매크로 F1: 클래스별 F1의 평균</translation>
    </message>
    <message>
        <source>mean absolute error</source>
        <translation>평균 절대 오차</translation>
    </message>
    <message>
        <source>mean absolute error {amount}</source>
        <translation>평균 절대 오차 {amount}</translation>
    </message>
    <message>
        <source>mean error</source>
        <translation>평균 오차</translation>
    </message>
    <message>
        <source>mean of prediction minus truth</source>
        <translation>예측값 − 실제값의 평균</translation>
    </message>
    <message>
        <source>measure</source>
        <translation>지표</translation>
    </message>
    <message>
        <source>median absolute error</source>
        <translation>절대 오차의 중앙값</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>no runtime of this device</source>
        <translation>이 장치의 런타임이 없음</translation>
    </message>
    <message>
        <source>no.</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>not known, at least {low}</source>
        <translation>알 수 없음, 적어도 {low}</translation>
    </message>
    <message>
        <source>not tested</source>
        <translation>시험 안 함</translation>
    </message>
    <message>
        <source>not verified by a second source</source>
        <translation>두 번째 출처로 확인되지 않음</translation>
    </message>
    <message>
        <source>nothing to count</source>
        <translation>셀 것이 없음</translation>
    </message>
    <message>
        <source>nothing varies</source>
        <translation>변화 없음</translation>
    </message>
    <message>
        <source>of '{name}' {cost}</source>
        <translation>'{name}' 클래스 {cost}</translation>
    </message>
    <message>
        <source>of one run</source>
        <translation>한 번 실행</translation>
    </message>
    <message>
        <source>of {limit} (dashed)</source>
        <translation>한도 {limit} (점선)</translation>
    </message>
    <message>
        <source>only the first</source>
        <translation>첫째만</translation>
    </message>
    <message>
        <source>only the second</source>
        <translation>둘째만</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>연산자</translation>
    </message>
    <message>
        <source>other runtimes</source>
        <translation>다른 런타임</translation>
    </message>
    <message>
        <source>part</source>
        <translation>부분</translation>
    </message>
    <message>
        <source>result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>right</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>right of the others</source>
        <translation>나머지 중 맞음</translation>
    </message>
    <message>
        <source>right when named</source>
        <translation>답이 맞은 비율</translation>
    </message>
    <message>
        <source>root mean squared error</source>
        <translation>평균 제곱근 오차</translation>
    </message>
    <message>
        <source>rows that come from elsewhere or from another time were not tested</source>
        <translation>다른 곳이나 다른 때의 행으로는 시험하지 않았습니다</translation>
    </message>
    <message>
        <source>runs on</source>
        <translation>실행하는 곳</translation>
    </message>
    <message>
        <source>sessions, or originals without one</source>
        <translation>세션(없으면 원본)</translation>
    </message>
    <message>
        <source>share right, %</source>
        <translation>맞은 비율, %</translation>
    </message>
    <message>
        <source>side</source>
        <translation>구분</translation>
    </message>
    <message>
        <source>size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>sources</source>
        <translation>출처(영어 원문)</translation>
    </message>
    <message>
        <source>test</source>
        <translation>시험용</translation>
    </message>
    <message>
        <source>the accelerator</source>
        <translation>가속기</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>프로세서</translation>
    </message>
    <message>
        <source>time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>time of one run</source>
        <translation>한 번 실행 시간</translation>
    </message>
    <message>
        <source>times</source>
        <translation>횟수</translation>
    </message>
    <message>
        <source>training</source>
        <translation>학습용</translation>
    </message>
    <message>
        <source>truth minus prediction</source>
        <translation>실제값 − 예측값</translation>
    </message>
    <message>
        <source>truth minus prediction, mean</source>
        <translation>실제값 − 예측값, 평균</translation>
    </message>
    <message>
        <source>two sources agree</source>
        <translation>두 출처가 일치</translation>
    </message>
    <message>
        <source>used at worst</source>
        <translation>최악의 사용량</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>검증용</translation>
    </message>
    <message>
        <source>value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>verdict</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>what it was</source>
        <translation>실제 클래스</translation>
    </message>
    <message>
        <source>what lies there</source>
        <translation>놓이는 것</translation>
    </message>
    <message>
        <source>what that means</source>
        <translation>뜻</translation>
    </message>
    <message>
        <source>what the model said</source>
        <translation>모델의 답</translation>
    </message>
    <message>
        <source>why not</source>
        <translation>안 되는 까닭</translation>
    </message>
    <message>
        <source>why not elsewhere</source>
        <translation>다른 곳이 아닌 까닭</translation>
    </message>
    <message>
        <source>window</source>
        <translation>윈도우</translation>
    </message>
    <message>
        <source>windows</source>
        <translation>윈도우</translation>
    </message>
    <message>
        <source>with every class as important</source>
        <translation>모든 클래스를 같은 비중으로</translation>
    </message>
    <message>
        <source>working memory</source>
        <translation>작업 메모리</translation>
    </message>
    <message>
        <source>{figure} of {limit}</source>
        <translation>{figure} · 한도 {limit}</translation>
    </message>
    <message>
        <source>{figure}; what the device has is not known</source>
        <translation>{figure} · 장치의 크기를 모름</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <translation>{first} 대 {second}</translation>
    </message>
    <message>
        <source>{found} right, {share}</source>
        <translation>{found} 맞음, {share}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low}~{high}</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{all}개 중 {n}개</translation>
    </message>
    <message>
        <source>{points} points</source>
        <translation>{points} %p</translation>
    </message>
    <message>
        <source>{size} ({n} bytes)</source>
        <translation>{size} ({n}바이트)</translation>
    </message>
    <message>
        <source>{size} and what is not known ({n})</source>
        <translation>{size} + 모르는 부분 {n}개</translation>
    </message>
    <message>
        <source>{truth} is taken for {predicted}: {count} of {of}</source>
        <translation>'{truth}' → '{predicted}'(으)로 잘못 봄: {of}개 중 {count}개</translation>
    </message>
    <message>
        <source>{value} (between {low} and {high})</source>
        <translation>{value} ({low}~{high})</translation>
    </message>
    <message>
        <source>– not done</source>
        <translation>– 하지 않음</translation>
    </message>
    <message>
        <source>↻ fits with a change</source>
        <translation>↻ 바꾸면 맞음</translation>
    </message>
    <message>
        <source>● measured: compiled or run. ◐ emulated. ○ estimated, with its range. ◇ published, with its source. ? unknown.</source>
        <translation>● 측정: 컴파일하거나 실행함. ◐ 에뮬레이션. ○ 추정, 범위와 함께. ◇ 공개된 값, 출처와 함께. ? 모름. 출처는 원문 그대로 영어로 적습니다.</translation>
    </message>
    <message>
        <source>✓ fits</source>
        <translation>✓ 맞음</translation>
    </message>
    <message>
        <source>✓ proved</source>
        <translation>✓ 증명됨</translation>
    </message>
    <message>
        <source>✓ yes</source>
        <translation>✓ 있음</translation>
    </message>
    <message>
        <source>✕ does not fit</source>
        <translation>✕ 맞지 않음</translation>
    </message>
    <message>
        <source>✕ failed</source>
        <translation>✕ 실패</translation>
    </message>
    <message>
        <source>✕ no</source>
        <translation>✕ 없음</translation>
    </message>
    <message>
        <source>✕ nowhere</source>
        <translation>✕ 없음</translation>
    </message>
</context>
</TS>

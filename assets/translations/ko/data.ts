<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>A column gives the target away</source>
        <translation>정답이 드러나는 열</translation>
    </message>
    <message>
        <source>A column that only numbers the rows</source>
        <translation>행 번호일 뿐인 열</translation>
    </message>
    <message>
        <source>A quick model names {honest} of sessions it has not seen, and {naive} when chance divides.</source>
        <translation>간단한 모델은 처음 보는 세션의 {honest}를 맞히고, 무작위로 나누면 {naive}를 맞힙니다.</translation>
    </message>
    <message>
        <source>A quick model names {honest} when copies stay together, and {naive} when chance divides.</source>
        <translation>간단한 모델은 복사본을 한쪽에 두면 {honest}, 무작위로 나누면 {naive}를 맞힙니다.</translation>
    </message>
    <message>
        <source>Also samples without a class</source>
        <translation>클래스 없는 샘플도</translation>
    </message>
    <message>
        <source>Between the cells</source>
        <translation>셀 구분</translation>
    </message>
    <message>
        <source>Cannot be read: {samples}. Import the originals again, or exclude them.</source>
        <translation>읽을 수 없는 샘플이 {samples}개입니다. 원본을 다시 가져오거나 제외하세요.</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 선택</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 선택…</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>파일 선택</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>파일 선택…</translation>
    </message>
    <message>
        <source>Classes of unequal size</source>
        <translation>클래스 크기가 고르지 않음</translation>
    </message>
    <message>
        <source>Column that names the picture</source>
        <translation>사진 이름 열</translation>
    </message>
    <message>
        <source>Column that says what was taken in one go</source>
        <translation>세션을 알려 주는 열</translation>
    </message>
    <message>
        <source>Column to be learned</source>
        <translation>배울 열</translation>
    </message>
    <message>
        <source>Column with the label</source>
        <translation>라벨 열</translation>
    </message>
    <message>
        <source>Column with the time</source>
        <translation>시간 열</translation>
    </message>
    <message>
        <source>Column {name} holds</source>
        <translation>열 {name}의 내용</translation>
    </message>
    <message>
        <source>Columns of the signal</source>
        <translation>신호 열</translation>
    </message>
    <message>
        <source>Copy the originals into the project</source>
        <translation>원본을 프로젝트로 복사</translation>
    </message>
    <message>
        <source>Copying the originals into the project</source>
        <translation>원본을 프로젝트로 복사하는 중</translation>
    </message>
    <message>
        <source>Data for other programs</source>
        <translation>다른 프로그램용 데이터</translation>
    </message>
    <message>
        <source>Dataset versions</source>
        <translation>데이터셋 버전</translation>
    </message>
    <message>
        <source>Dividing into training and test</source>
        <translation>학습용과 시험용으로 나누는 중</translation>
    </message>
    <message>
        <source>Drop a folder with one folder of photos per class, or single photos.</source>
        <translation>클래스마다 사진 폴더가 하나씩 있는 폴더나 사진을 놓으세요.</translation>
    </message>
    <message>
        <source>Drop a folder with one folder of recordings per class.</source>
        <translation>클래스마다 측정 기록 폴더가 하나씩 있는 폴더를 놓으세요.</translation>
    </message>
    <message>
        <source>Drop a table: CSV, Excel or Parquet, one row per case.</source>
        <translation>표를 놓으세요. CSV, Excel, Parquet, 한 줄이 한 건입니다.</translation>
    </message>
    <message>
        <source>Drop files or folders here.</source>
        <translation>파일이나 폴더를 여기에 놓으세요.</translation>
    </message>
    <message>
        <source>Encoding of the text</source>
        <translation>글자 인코딩</translation>
    </message>
    <message>
        <source>Every file can be read, and none is a copy of another.</source>
        <translation>모든 파일을 읽을 수 있고 똑같은 복사본은 없습니다.</translation>
    </message>
    <message>
        <source>Every search learns from a frozen version, so that results can be compared.</source>
        <translation>탐색은 고정된 버전으로 학습하므로 결과를 비교할 수 있습니다.</translation>
    </message>
    <message>
        <source>Exact copies</source>
        <translation>똑같은 복사본</translation>
    </message>
    <message>
        <source>Exact copies of others: {copies}. They stand on one side of a split, but count twice.</source>
        <translation>다른 것과 똑같은 복사본이 {copies}개입니다. 나눌 때 한쪽에 두지만 두 번 셉니다.</translation>
    </message>
    <message>
        <source>Few samples</source>
        <translation>샘플이 적음</translation>
    </message>
    <message>
        <source>Few samples to judge by</source>
        <translation>평가할 샘플이 적음</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>File that lists the labels</source>
        <translation>라벨 목록 파일</translation>
    </message>
    <message>
        <source>Find sessions</source>
        <translation>세션 찾기</translation>
    </message>
    <message>
        <source>Finding what was taken in one go</source>
        <translation>한 번에 찍거나 잰 것을 찾는 중</translation>
    </message>
    <message>
        <source>Finds copies, odd ones, conflicting labels and classes that are too small.</source>
        <translation>복사본, 동떨어진 것, 서로 다른 라벨, 너무 작은 클래스를 찾습니다.</translation>
    </message>
    <message>
        <source>Form of the files</source>
        <translation>파일 형식</translation>
    </message>
    <message>
        <source>Freeze a version now</source>
        <translation>지금 버전 고정</translation>
    </message>
    <message>
        <source>Freezing a dataset version</source>
        <translation>데이터셋 버전을 고정하는 중</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>상태 점검</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>It has a password.</source>
        <translation>암호가 걸려 있습니다.</translation>
    </message>
    <message>
        <source>It is a class or an amount</source>
        <translation>클래스인지 수량인지</translation>
    </message>
    <message>
        <source>It is a link, not a file.</source>
        <translation>파일이 아니라 링크입니다.</translation>
    </message>
    <message>
        <source>It is not a picture.</source>
        <translation>사진이 아닙니다.</translation>
    </message>
    <message>
        <source>It is not a recording.</source>
        <translation>측정 기록이 아닙니다.</translation>
    </message>
    <message>
        <source>It is not a table.</source>
        <translation>표가 아닙니다.</translation>
    </message>
    <message>
        <source>It is twice in the zip.</source>
        <translation>압축 파일에 두 번 들어 있습니다.</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>합치기</translation>
    </message>
    <message>
        <source>Join into one session</source>
        <translation>한 세션으로 합치기</translation>
    </message>
    <message>
        <source>Keep {samples} out</source>
        <translation>{samples} 제외</translation>
    </message>
    <message>
        <source>Leave the files where they are</source>
        <translation>파일을 제자리에 두기</translation>
    </message>
    <message>
        <source>Leave the files where they are; the project notes the way there</source>
        <translation>파일을 제자리에 두고 프로젝트에는 위치만 기록</translation>
    </message>
    <message>
        <source>Lines before the table</source>
        <translation>표 앞의 줄 수</translation>
    </message>
    <message>
        <source>Linked originals that cannot be used</source>
        <translation>쓸 수 없는 연결된 원본</translation>
    </message>
    <message>
        <source>Look for them in a folder…</source>
        <translation>폴더에서 찾기…</translation>
    </message>
    <message>
        <source>Look the data over</source>
        <translation>데이터 살펴보기</translation>
    </message>
    <message>
        <source>Looking at the files</source>
        <translation>파일을 살펴보는 중</translation>
    </message>
    <message>
        <source>Looking at the files…</source>
        <translation>파일을 살펴보는 중…</translation>
    </message>
    <message>
        <source>Looking for the originals</source>
        <translation>원본을 찾는 중</translation>
    </message>
    <message>
        <source>Looking the data over</source>
        <translation>데이터를 살펴보는 중</translation>
    </message>
    <message>
        <source>Make them one class: {name}</source>
        <translation>한 클래스로 합치기: {name}</translation>
    </message>
    <message>
        <source>More choices</source>
        <translation>더 많은 선택</translation>
    </message>
    <message>
        <source>Move to</source>
        <translation>옮기기</translation>
    </message>
    <message>
        <source>Nearly the same</source>
        <translation>거의 같음</translation>
    </message>
    <message>
        <source>Nearly the same as another: {copies}. The split keeps them on one side.</source>
        <translation>다른 것과 거의 같은 샘플이 {copies}개입니다. 나눌 때 한쪽에 둡니다.</translation>
    </message>
    <message>
        <source>No sessions are kept yet. The studio can find them from names, times and likeness; {samples} of one session then stay on one side of the split.</source>
        <translation>아직 세션이 없습니다. 이름, 시간, 닮은 정도로 찾을 수 있습니다. 그러면 한 세션의 {samples}은(는) 한쪽에만 놓입니다.</translation>
    </message>
    <message>
        <source>No sessions or copies are known, so chance divides as well as anything.</source>
        <translation>알려진 세션이나 복사본이 없어 무작위로 나누어도 됩니다.</translation>
    </message>
    <message>
        <source>No sessions were found that are not kept already.</source>
        <translation>새로 찾은 세션이 없습니다.</translation>
    </message>
    <message>
        <source>Not taken in one go</source>
        <translation>한 번에 한 것이 아님</translation>
    </message>
    <message>
        <source>Nothing is written before you choose Import.</source>
        <translation>가져오기를 누르기 전에는 아무것도 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Nothing to worry about.</source>
        <translation>걱정할 것이 없습니다.</translation>
    </message>
    <message>
        <source>One class under two names?</source>
        <translation>이름이 다른 같은 클래스?</translation>
    </message>
    <message>
        <source>Only the first figure will hold in use.</source>
        <translation>실제로 쓸 때는 앞의 수치만 맞습니다.</translation>
    </message>
    <message>
        <source>Opening each file: {done} of {total}</source>
        <translation>파일을 하나씩 여는 중: {total}개 중 {done}개</translation>
    </message>
    <message>
        <source>Originals</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Originals that are not as they were linked: {samples}. Put them back, look for them under Files, or exclude the samples.</source>
        <translation>연결할 때와 다른 원본이 {samples}개입니다. 제자리에 돌려놓거나, 파일에서 찾거나, 그 샘플을 제외하세요.</translation>
    </message>
    <message>
        <source>Originals that cannot be used</source>
        <translation>쓸 수 없는 원본</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>Recordings of another make</source>
        <translation>채널이 다른 측정 기록</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>샘플</translation>
    </message>
    <message>
        <source>Samples of each class on each side</source>
        <translation>클래스와 쪽별 샘플 수</translation>
    </message>
    <message>
        <source>Samples that cannot be read</source>
        <translation>읽을 수 없는 샘플</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>세션</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>세션</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>시트</translation>
    </message>
    <message>
        <source>Show the split</source>
        <translation>나눈 결과 보기</translation>
    </message>
    <message>
        <source>Show {samples}</source>
        <translation>{samples} 보기</translation>
    </message>
    <message>
        <source>Sign before the decimals</source>
        <translation>소수점 기호</translation>
    </message>
    <message>
        <source>Skipped files</source>
        <translation>건너뛴 파일</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>나누기</translation>
    </message>
    <message>
        <source>The column {name} alone tells the target. If it is not known before the target is, a model that uses it is worth nothing in use.</source>
        <translation>열 {name} 하나로 정답을 알 수 있습니다. 정답보다 먼저 알 수 없는 값이라면, 이를 쓰는 모델은 실제로는 쓸모가 없습니다.</translation>
    </message>
    <message>
        <source>The column {name} holds values far from the usual. A slip of the decimal point?</source>
        <translation>열 {name}에 보통과 크게 다른 값이 있습니다. 소수점이 잘못되지 않았나요?</translation>
    </message>
    <message>
        <source>The column {name} is different in every row: a model can learn rows by heart from it, and nothing else.</source>
        <translation>열 {name}은(는) 행마다 다릅니다. 모델이 행을 외울 뿐 배울 것이 없습니다.</translation>
    </message>
    <message>
        <source>The first line names the columns</source>
        <translation>첫 줄이 열 이름</translation>
    </message>
    <message>
        <source>The largest class has {largest} samples, {name} has {smallest}: a model may learn to overlook it.</source>
        <translation>가장 큰 클래스는 샘플이 {largest}개, {name}은(는) {smallest}개입니다. 모델이 이를 무시하도록 배울 수 있습니다.</translation>
    </message>
    <message>
        <source>The picture is damaged.</source>
        <translation>사진이 손상되었습니다.</translation>
    </message>
    <message>
        <source>The project keeps a copy of every original.</source>
        <translation>프로젝트가 모든 원본의 사본을 가지고 있습니다.</translation>
    </message>
    <message>
        <source>The two do not differ clearly.</source>
        <translation>두 수치는 뚜렷이 다르지 않습니다.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Unit of the time</source>
        <translation>시간 단위</translation>
    </message>
    <message>
        <source>Unlike all others</source>
        <translation>다른 것과 동떨어짐</translation>
    </message>
    <message>
        <source>Values a second (Hz)</source>
        <translation>초당 값 수(Hz)</translation>
    </message>
    <message>
        <source>Values far outside</source>
        <translation>범위를 크게 벗어난 값</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>주의</translation>
    </message>
    <message>
        <source>What is to be learned</source>
        <translation>배울 것</translation>
    </message>
    <message>
        <source>What was taken in one go stays on one side of the split, so that the test is honest. Drag sessions onto each other to join them.</source>
        <translation>한 번에 찍거나 잰 것은 한쪽에만 두어 시험이 정직해집니다. 세션을 다른 세션에 끌어 놓으면 합쳐집니다.</translation>
    </message>
    <message>
        <source>What would come in</source>
        <translation>가져올 내용</translation>
    </message>
    <message>
        <source>Where the class of a file stands</source>
        <translation>파일의 클래스가 적힌 곳</translation>
    </message>
    <message>
        <source>Where the originals are now</source>
        <translation>원본이 지금 있는 곳</translation>
    </message>
    <message>
        <source>Which samples teach, which choose the model, and which are kept for the test.</source>
        <translation>무엇으로 배우고, 무엇으로 모델을 고르고, 무엇을 시험에 남기는지 보여 줍니다.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>까닭</translation>
    </message>
    <message>
        <source>Why it was skipped</source>
        <translation>건너뛴 까닭</translation>
    </message>
    <message>
        <source>With {tested} samples to test, the true rate may be anywhere from {low} to {high}.</source>
        <translation>시험할 샘플이 {tested}개이면 실제 비율은 {low}에서 {high} 사이 어디든 될 수 있습니다.</translation>
    </message>
    <message>
        <source>Write the data</source>
        <translation>데이터 쓰기</translation>
    </message>
    <message>
        <source>Write the data…</source>
        <translation>데이터 쓰기…</translation>
    </message>
    <message>
        <source>Writing the data</source>
        <translation>데이터를 쓰는 중</translation>
    </message>
    <message>
        <source>a class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>an amount</source>
        <translation>수량</translation>
    </message>
    <message>
        <source>bar</source>
        <translation>세로줄</translation>
    </message>
    <message>
        <source>category</source>
        <translation>범주</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>쉼표</translation>
    </message>
    <message>
        <source>date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>leave out</source>
        <translation>제외</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>꼭 필요함</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>nowhere: I will label them</source>
        <translation>없음: 직접 라벨링</translation>
    </message>
    <message>
        <source>number</source>
        <translation>수</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>세미콜론</translation>
    </message>
    <message>
        <source>space</source>
        <translation>빈칸</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>탭</translation>
    </message>
    <message>
        <source>text</source>
        <translation>글</translation>
    </message>
    <message>
        <source>the first folder</source>
        <translation>첫 번째 폴더</translation>
    </message>
    <message>
        <source>the first word of the file name</source>
        <translation>파일 이름의 첫 단어</translation>
    </message>
    <message>
        <source>the folder it lies in</source>
        <translation>들어 있는 폴더</translation>
    </message>
    <message>
        <source>to be learned</source>
        <translation>배울 것</translation>
    </message>
    <message>
        <source>{amounts}, as far as looked</source>
        <translation>{amounts}(살펴본 데까지)</translation>
    </message>
    <message>
        <source>{found} of {missing} originals found.</source>
        <translation>원본 {missing}개 중 {found}개를 찾았습니다.</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names} 외 {n}개</translation>
    </message>
    <message>
        <source>{name} and another class never come from the same import, and are alike. Do they mean the same? Then one class is better.</source>
        <translation>{name}과(와) 다른 한 클래스는 함께 들어온 적이 없고 서로 닮았습니다. 같은 것이라면 한 클래스로 합치는 것이 좋습니다.</translation>
    </message>
    <message>
        <source>{name} has {samples} different samples: few to learn and judge by.</source>
        <translation>{name}의 서로 다른 샘플은 {samples}개입니다. 배우고 평가하기에 적습니다.</translation>
    </message>
    <message>
        <source>{n} are exact copies of others.</source>
        <translation>{n}개는 다른 것과 똑같습니다.</translation>
    </message>
    <message>
        <source>{n} chain of copies</source>
        <translation>복사본 묶음 {n}개</translation>
    </message>
    <message>
        <source>{n} chains of copies</source>
        <translation>복사본 묶음 {n}개</translation>
    </message>
    <message>
        <source>{n} class</source>
        <translation>클래스 {n}개</translation>
    </message>
    <message>
        <source>{n} classes</source>
        <translation>클래스 {n}개</translation>
    </message>
    <message>
        <source>{n} file cannot be read.</source>
        <translation>파일 {n}개를 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>{n} file left out</source>
        <translation>제외한 파일 {n}개</translation>
    </message>
    <message>
        <source>{n} file skipped:</source>
        <translation>파일 {n}개를 건너뛰었습니다:</translation>
    </message>
    <message>
        <source>{n} files cannot be read.</source>
        <translation>파일 {n}개를 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>{n} files left out</source>
        <translation>제외한 파일 {n}개</translation>
    </message>
    <message>
        <source>{n} files skipped:</source>
        <translation>파일 {n}개를 건너뛰었습니다:</translation>
    </message>
    <message>
        <source>{n} files written to {path}.</source>
        <translation>파일 {n}개를 {path}에 썼습니다.</translation>
    </message>
    <message>
        <source>{n} is an exact copy of another.</source>
        <translation>{n}개는 다른 것과 똑같습니다.</translation>
    </message>
    <message>
        <source>{n} original stays outside of the project.</source>
        <translation>원본 {n}개가 프로젝트 밖에 있습니다.</translation>
    </message>
    <message>
        <source>{n} originals stay outside of the project.</source>
        <translation>원본 {n}개가 프로젝트 밖에 있습니다.</translation>
    </message>
    <message>
        <source>{n} say no amount.</source>
        <translation>{n}개에는 수량이 없습니다.</translation>
    </message>
    <message>
        <source>{n} session</source>
        <translation>세션 {n}개</translation>
    </message>
    <message>
        <source>{n} sessions</source>
        <translation>세션 {n}개</translation>
    </message>
    <message>
        <source>{n} was there already.</source>
        <translation>{n}개는 이미 있었습니다.</translation>
    </message>
    <message>
        <source>{n} were there already.</source>
        <translation>{n}개는 이미 있었습니다.</translation>
    </message>
    <message>
        <source>{n} without a class</source>
        <translation>클래스 없음 {n}개</translation>
    </message>
    <message>
        <source>{recordings} recordings differ from the rest in channels or sampling rate.</source>
        <translation>측정 기록 {recordings}개는 채널이나 측정 속도가 나머지와 다릅니다.</translation>
    </message>
    <message>
        <source>{samples} added.</source>
        <translation>{samples} 추가했습니다.</translation>
    </message>
    <message>
        <source>{samples} in each class</source>
        <translation>클래스별 {samples}</translation>
    </message>
    <message>
        <source>{samples} look unlike all other pictures in colour and layout. Do they belong here?</source>
        <translation>사진 {samples}장은 색과 구도가 다른 사진과 동떨어집니다. 여기에 속하나요?</translation>
    </message>
    <message>
        <source>{samples} pictures are the same all over: nothing to learn.</source>
        <translation>사진 {samples}장은 전체가 한결같아 배울 것이 없습니다.</translation>
    </message>
    <message>
        <source>{sessions} and {copies} stay on one side.</source>
        <translation>{sessions}와 {copies}는 한쪽에만 놓입니다.</translation>
    </message>
    <message>
        <source>{train} to train, {validation} to choose, {test} to test</source>
        <translation>학습 {train}, 검증 {validation}, 시험 {test}</translation>
    </message>
</context>
</TS>

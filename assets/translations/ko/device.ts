<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>A board of your own</source>
        <translation>내 보드</translation>
    </message>
    <message>
        <source>A device file</source>
        <translation>장치 파일</translation>
    </message>
    <message>
        <source>A device needs a name of one line, 80 letters at most.</source>
        <translation>장치에는 한 줄, 80자 이내의 이름이 필요합니다.</translation>
    </message>
    <message>
        <source>Add your own board</source>
        <translation>내 보드 더하기</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>모든 모델</translation>
    </message>
    <message>
        <source>Banks of the RAM</source>
        <translation>RAM 뱅크</translation>
    </message>
    <message>
        <source>Boards</source>
        <translation>보드</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>이름순</translation>
    </message>
    <message>
        <source>Cancelled. What is not listed as tried was not tried.</source>
        <translation>취소했습니다. 해 보았다고 적힌 것 말고는 하지 않았습니다.</translation>
    </message>
    <message>
        <source>Change {device}</source>
        <translation>{device} 바꾸기</translation>
    </message>
    <message>
        <source>Check a model on it</source>
        <translation>모델을 골라 확인</translation>
    </message>
    <message>
        <source>Check it on a board</source>
        <translation>보드를 골라 확인</translation>
    </message>
    <message>
        <source>Checking model #{id} on every board…</source>
        <translation>모델 #{id}을(를) 모든 보드에서 확인하는 중…</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>확인하는 중…</translation>
    </message>
    <message>
        <source>Choose a core from the list; others are not known here.</source>
        <translation>목록에서 코어를 고르세요. 다른 코어는 여기서 모릅니다.</translation>
    </message>
    <message>
        <source>Choose a device to see what it has.</source>
        <translation>장치를 고르면 사양이 보입니다.</translation>
    </message>
    <message>
        <source>Choose this board</source>
        <translation>이 보드 고르기</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>클럭</translation>
    </message>
    <message>
        <source>Compiles, links and emulates its C code for the core of this board.</source>
        <translation>이 보드의 코어에 맞춰 C 코드를 컴파일하고 링크해 에뮬레이터로 실행합니다.</translation>
    </message>
    <message>
        <source>Compiling and measuring</source>
        <translation>컴파일하고 측정</translation>
    </message>
    <message>
        <source>Compiling and measuring…</source>
        <translation>컴파일하고 측정하는 중…</translation>
    </message>
    <message>
        <source>Convert and save…</source>
        <translation>변환해 저장…</translation>
    </message>
    <message>
        <source>Converting the model</source>
        <translation>모델 변환</translation>
    </message>
    <message>
        <source>Core</source>
        <translation>코어</translation>
    </message>
    <message>
        <source>Core: {name}</source>
        <translation>코어: {name}</translation>
    </message>
    <message>
        <source>Details for the engineer</source>
        <translation>엔지니어를 위한 상세</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Drag one onto a board, or a board onto one.</source>
        <translation>모델을 보드로, 또는 보드를 모델로 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>Energy of one run</source>
        <translation>한 번 실행하는 에너지</translation>
    </message>
    <message>
        <source>Every model on every board</source>
        <translation>모든 모델과 모든 보드</translation>
    </message>
    <message>
        <source>Export for it</source>
        <translation>이 보드로 내보내기</translation>
    </message>
    <message>
        <source>Find boards</source>
        <translation>보드 찾기</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>Flash</source>
        <translation>플래시</translation>
    </message>
    <message>
        <source>Folder for the converted model</source>
        <translation>변환한 모델을 둘 폴더</translation>
    </message>
    <message>
        <source>From a TOML file…</source>
        <translation>TOML 파일에서…</translation>
    </message>
    <message>
        <source>How a number is known: {kinds}</source>
        <translation>수치의 근거: {kinds}</translation>
    </message>
    <message>
        <source>How each figure is known</source>
        <translation>수치마다의 근거</translation>
    </message>
    <message>
        <source>Keep this device</source>
        <translation>이 장치 저장</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Largest mean error</source>
        <translation>허용할 평균 오차</translation>
    </message>
    <message>
        <source>Least accuracy</source>
        <translation>최소 정확도</translation>
    </message>
    <message>
        <source>Leave out a filter, or add a board of your own.</source>
        <translation>필터를 하나 빼거나 내 보드를 더하세요.</translation>
    </message>
    <message>
        <source>Longest time of one run</source>
        <translation>한 번 실행하는 최대 시간</translation>
    </message>
    <message>
        <source>Looking at every model on every board…</source>
        <translation>모든 모델을 모든 보드에서 보는 중…</translation>
    </message>
    <message>
        <source>Maker</source>
        <translation>제조사</translation>
    </message>
    <message>
        <source>Maker: {name}</source>
        <translation>제조사: {name}</translation>
    </message>
    <message>
        <source>Making the model smaller; this can take minutes…</source>
        <translation>모델을 더 작게 만드는 중입니다. 몇 분 걸릴 수 있습니다…</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>Measure for all cores shown</source>
        <translation>보이는 모든 코어에서 측정</translation>
    </message>
    <message>
        <source>Measure for its core</source>
        <translation>이 코어에서 측정</translation>
    </message>
    <message>
        <source>Measured. The figures below are new.</source>
        <translation>측정했습니다. 아래 수치가 새것입니다.</translation>
    </message>
    <message>
        <source>Model #{id} fits {fits} of {all} boards.</source>
        <translation>모델 #{id}은(는) 보드 {all}개 중 {fits}개에 맞습니다.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>더 보기…</translation>
    </message>
    <message>
        <source>Most RAM</source>
        <translation>최대 RAM</translation>
    </message>
    <message>
        <source>Most flash</source>
        <translation>최대 플래시</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>No board is like that.</source>
        <translation>그런 보드가 없습니다.</translation>
    </message>
    <message>
        <source>No board surely meets every wish.</source>
        <translation>모든 조건을 확실히 채우는 보드가 없습니다.</translation>
    </message>
    <message>
        <source>No model yet. Train one to see which of these boards run it.</source>
        <translation>아직 모델이 없습니다. 학습하면 어느 보드에서 실행되는지 보입니다.</translation>
    </message>
    <message>
        <source>Nothing can be tried for this board.</source>
        <translation>이 보드에는 해 볼 수 있는 것이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing new was measured: it was measured before, or this computer has no compiler and emulator for this core, or the model cannot become C code.</source>
        <translation>새로 측정한 것이 없습니다. 이미 측정했거나, 이 컴퓨터에 이 코어용 컴파일러와 에뮬레이터가 없거나, 모델을 C 코드로 만들 수 없습니다.</translation>
    </message>
    <message>
        <source>Or drop such a file on this page.</source>
        <translation>또는 그런 파일을 이 화면에 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>Order of the boards</source>
        <translation>보드 순서</translation>
    </message>
    <message>
        <source>RAM</source>
        <translation>RAM</translation>
    </message>
    <message>
        <source>Recent:</source>
        <translation>최근:</translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation>런타임</translation>
    </message>
    <message>
        <source>Search by name, maker or core</source>
        <translation>이름, 제조사, 코어로 찾기</translation>
    </message>
    <message>
        <source>Search devices</source>
        <translation>장치 찾기</translation>
    </message>
    <message>
        <source>Search for a smaller model</source>
        <translation>더 작은 모델 탐색</translation>
    </message>
    <message>
        <source>Show all boards</source>
        <translation>모든 보드 보기</translation>
    </message>
    <message>
        <source>Smallest that fits first</source>
        <translation>맞는 것 중 작은 순</translation>
    </message>
    <message>
        <source>The maker is one line of 80 letters at most.</source>
        <translation>제조사는 한 줄, 80자 이내로 적으세요.</translation>
    </message>
    <message>
        <source>These come nearest</source>
        <translation>가장 가까운 보드</translation>
    </message>
    <message>
        <source>These might: something is not known of them</source>
        <translation>맞을 수도 있는 보드: 모르는 값이 있습니다</translation>
    </message>
    <message>
        <source>These suit, the smallest first</source>
        <translation>알맞은 보드, 작은 순</translation>
    </message>
    <message>
        <source>This model has no int8 file to judge.</source>
        <translation>이 모델에는 판정할 int8 파일이 없습니다.</translation>
    </message>
    <message>
        <source>Time of one run</source>
        <translation>한 번 실행하는 시간</translation>
    </message>
    <message>
        <source>Train a model first; then the boards that run it are found.</source>
        <translation>먼저 모델을 학습하세요. 그러면 실행할 보드를 찾아 줍니다.</translation>
    </message>
    <message>
        <source>Try further: make it smaller</source>
        <translation>더 해 보기: 더 작게 만들기</translation>
    </message>
    <message>
        <source>Trying other models and runtimes…</source>
        <translation>다른 모델과 런타임을 해 보는 중…</translation>
    </message>
    <message>
        <source>Trying what would fit</source>
        <translation>맞는 방법 찾기</translation>
    </message>
    <message>
        <source>Use model #{id} instead</source>
        <translation>대신 모델 #{id} 쓰기</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>What do you need?</source>
        <translation>무엇이 필요한가요?</translation>
    </message>
    <message>
        <source>What is left at 0 does not matter. The filters above hold here too.</source>
        <translation>0으로 둔 것은 따지지 않습니다. 위의 필터가 여기에도 적용됩니다.</translation>
    </message>
    <message>
        <source>What less would cost</source>
        <translation>더 작은 보드의 대가</translation>
    </message>
    <message>
        <source>What stands in the way</source>
        <translation>걸림돌</translation>
    </message>
    <message>
        <source>What to buy</source>
        <translation>살 보드</translation>
    </message>
    <message>
        <source>What would fit</source>
        <translation>맞게 하는 방법</translation>
    </message>
    <message>
        <source>What you do not know stays unknown; figures you give count as said by you.</source>
        <translation>모르는 값은 모름으로 남습니다. 적은 수치는 직접 적은 값으로 표시합니다.</translation>
    </message>
    <message>
        <source>Where each one runs is not known.</source>
        <translation>각각 어디에서 실행되는지 모릅니다.</translation>
    </message>
    <message>
        <source>Where these figures are from</source>
        <translation>수치의 출처</translation>
    </message>
    <message>
        <source>Write a clock as 64MHz, or as a whole number of hertz.</source>
        <translation>클럭은 64MHz처럼, 또는 Hz 단위의 정수로 적으세요.</translation>
    </message>
    <message>
        <source>Write a size as 96K or 1M, or as a whole number of bytes.</source>
        <translation>크기는 96K나 1M처럼, 또는 바이트 단위의 정수로 적으세요.</translation>
    </message>
    <message>
        <source>Written: {name}</source>
        <translation>저장함: {name}</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>내 보드만</translation>
    </message>
    <message>
        <source>and {n} larger board</source>
        <translation>그보다 큰 보드 {n}개</translation>
    </message>
    <message>
        <source>and {n} larger boards</source>
        <translation>그보다 큰 보드 {n}개</translation>
    </message>
    <message>
        <source>board with Linux</source>
        <translation>리눅스 보드</translation>
    </message>
    <message>
        <source>browser</source>
        <translation>브라우저</translation>
    </message>
    <message>
        <source>came to nothing</source>
        <translation>되지 않음</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>checking every board</source>
        <translation>모든 보드를 확인하는 중</translation>
    </message>
    <message>
        <source>computer</source>
        <translation>컴퓨터</translation>
    </message>
    <message>
        <source>fits with a change</source>
        <translation>바꾸면 맞음</translation>
    </message>
    <message>
        <source>fits {fits} of {all} boards</source>
        <translation>보드 {all}개 중 {fits}개에 맞음</translation>
    </message>
    <message>
        <source>input buffer</source>
        <translation>입력 버퍼</translation>
    </message>
    <message>
        <source>microcontroller</source>
        <translation>마이크로컨트롤러</translation>
    </message>
    <message>
        <source>microphone</source>
        <translation>마이크</translation>
    </message>
    <message>
        <source>model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>model {name}</source>
        <translation>모델 {name}</translation>
    </message>
    <message>
        <source>no model to check yet</source>
        <translation>아직 확인할 모델이 없음</translation>
    </message>
    <message>
        <source>no wish</source>
        <translation>조건 없음</translation>
    </message>
    <message>
        <source>nobody we can cite states it</source>
        <translation>인용할 수 있는 출처가 없음</translation>
    </message>
    <message>
        <source>not met</source>
        <translation>못 채움</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>해 보지 않음</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>실행되지 않음</translation>
    </message>
    <message>
        <source>of {limit}</source>
        <translation>/ {limit}</translation>
    </message>
    <message>
        <source>on the accelerator</source>
        <translation>가속기에서</translation>
    </message>
    <message>
        <source>on the processor</source>
        <translation>프로세서에서</translation>
    </message>
    <message>
        <source>operating system</source>
        <translation>운영 체제</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>전화기</translation>
    </message>
    <message>
        <source>radio</source>
        <translation>무선</translation>
    </message>
    <message>
        <source>runtime</source>
        <translation>런타임</translation>
    </message>
    <message>
        <source>runtime code</source>
        <translation>런타임 코드</translation>
    </message>
    <message>
        <source>said by you</source>
        <translation>직접 적은 값</translation>
    </message>
    <message>
        <source>sketch and startup code</source>
        <translation>스케치와 시동 코드</translation>
    </message>
    <message>
        <source>sketch and startup data</source>
        <translation>스케치와 시동 데이터</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>stack</source>
        <translation>스택</translation>
    </message>
    <message>
        <source>tensor arena</source>
        <translation>텐서 아레나</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>텐서</translation>
    </message>
    <message>
        <source>the runtime lacks it</source>
        <translation>런타임에 없음</translation>
    </message>
    <message>
        <source>unverified</source>
        <translation>미확인</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>확인됨</translation>
    </message>
    <message>
        <source>with an accelerator</source>
        <translation>가속기 있음</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>내 보드</translation>
    </message>
    <message>
        <source>{device} was removed.</source>
        <translation>{device}을(를) 지웠습니다.</translation>
    </message>
    <message>
        <source>{name}: {used} of {limit}</source>
        <translation>{name}: {limit} 중 {used}</translation>
    </message>
    <message>
        <source>{n} board suits.</source>
        <translation>보드 {n}개가 알맞습니다.</translation>
    </message>
    <message>
        <source>{n} boards suit.</source>
        <translation>보드 {n}개가 알맞습니다.</translation>
    </message>
    <message>
        <source>{ram} RAM · {flash} flash</source>
        <translation>RAM {ram} · 플래시 {flash}</translation>
    </message>
</context>
</TS>

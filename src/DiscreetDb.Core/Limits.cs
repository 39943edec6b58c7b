namespace DiscreetDb;

/// <summary>Every bound of the engine, each with its reason. <c>docs/limits.md</c> is generated from this class.</summary>
public static class Limits
{
    /// <summary>Longest dialect text in bytes: programs generate long mutations, but no honest one is larger.</summary>
    public const int TextSizeBytes = 4 * 1024 * 1024;

    /// <summary>Longest model text in bytes: a thousand entities of a few hundred fields fit.</summary>
    public const int ModelSizeBytes = 1024 * 1024;

    /// <summary>Deepest nesting of selections or assignments: bounds the stack of every pass over a tree.</summary>
    public const int NestingDepth = 32;

    /// <summary>Most roots in a document: one snapshot is held for all of them.</summary>
    public const int RootCount = 1_000;

    /// <summary>Most selected items in a document: bounds the size of a plan.</summary>
    public const int SelectedItemCount = 2_000;

    /// <summary>Most filters, order keys, paging values and nullable names of one selection: they become one SQL expression, whose depth SQLite limits to 1 000.</summary>
    public const int SelectionParameterCount = 500;

    /// <summary>Most order keys of a selection: a paging condition nests once per key.</summary>
    public const int OrderKeyCount = 64;

    /// <summary>Most terms of a search: every one is looked up, and the index reads an expression in time that grows faster than its length.</summary>
    public const int SearchTermCount = 1_000;

    /// <summary>Most fields of an entity: SQLite's column limit is 2 000, and system columns need room.</summary>
    public const int FieldCount = 500;

    /// <summary>Most entities of a model: every one is a table that opening must know.</summary>
    public const int EntityCount = 1_000;

    /// <summary>Largest answer in bytes: it is held in memory whole.</summary>
    public const int AnswerSizeBytes = 64 * 1024 * 1024;

    /// <summary>Largest row in its canonical encoding, in bytes: rows travel whole.</summary>
    public const int RowSizeBytes = 256 * 1024;

    /// <summary>Deepest nesting of a Json value: bounds the stack of every reader.</summary>
    public const int JsonDepth = 64;

    /// <summary>Most operations in a commit: one signature must stay cheap to verify.</summary>
    public const int CommitOperationCount = 1_000;

    /// <summary>Largest commit in bytes: a receiver holds one whole before it knows whether it is valid.</summary>
    public const int CommitSizeBytes = 1024 * 1024;

    /// <summary>Most names of entities and fields in a commit: they are held as texts while it is read.</summary>
    public const int CommitNameCount = 4_096;

    /// <summary>Longest name of an entity or field in the log, in bytes: names stand in every commit.</summary>
    public const int NameSizeBytes = 1_024;

    /// <summary>Most devices one removal or demotion lists: a room of a thousand people with two devices each fits one commit.</summary>
    public const int CutOffCount = 2_048;

    /// <summary>Most rights heads in a commit: any member may merge heads.</summary>
    public const int RightsHeadCount = 8;

    /// <summary>Rights commits kept in memory, of all rooms together; each takes about a kilobyte. A room that is left out is read again.</summary>
    public const int RightsCommitCacheCount = 32_768;

    /// <summary>How far ahead of this clock a peer's commit may be, in milliseconds: ordinary clocks are wrong by less.</summary>
    public const int ClockSkewMs = 120_000;

    /// <summary>Most commits of one user in a room that lack something and wait for it: an honest peer sends them in order.</summary>
    public const int ParkedCommitCount = 1_000;

    /// <summary>Most bytes of such commits of one user in a room.</summary>
    public const int ParkedSizeBytes = 4 * 1024 * 1024;

    /// <summary>Most commits of one device dated too far ahead that wait in memory: clocks that are wrong come right, or do not.</summary>
    public const int EarlyCommitCount = 4;

    /// <summary>Most commits dated too far ahead that wait in memory, of all devices.</summary>
    public const int EarlyCommitTotalCount = 256;

    /// <summary>Most void commits of one user kept in a room: a member writes what others must keep, and this is how much of it may be worthless.</summary>
    public const int VoidCommitCount = 1_000;

    /// <summary>Most data logs of one user in a room before new ones are taken slowly: every log costs each member a place in what is compared.</summary>
    public const int DeviceLogCount = 32;

    /// <summary>Most further data logs of that user taken in a day.</summary>
    public const int DeviceLogsPerDayCount = 4;

    /// <summary>Most commits kept of other branches of one forked log that an admin named.</summary>
    public const int BranchCommitCount = 1_000;

    /// <summary>Most bytes of such commits of one log.</summary>
    public const int BranchSizeBytes = 4 * 1024 * 1024;

    /// <summary>Most rows of <c>sys.Rejection</c>: beyond them nothing more is written down, so peers cannot fill the log of this device.</summary>
    public const int RejectionCount = 1_000;

    /// <summary>Most mutations waiting for the writer: beyond it callers wait, so memory is bounded.</summary>
    public const int WriterQueueLength = 4_096;

    /// <summary>Most mutations in one durable commit: bounds the wait of the first one.</summary>
    public const int GroupCommitCount = 1_024;

    /// <summary>Most rows the full text may lag behind before writers wait: bounds what a search must catch up to a few seconds.</summary>
    public const int FullTextLag = 100_000;

    /// <summary>Parsed documents kept.</summary>
    public const int DocumentCacheCount = 256;

    /// <summary>Plans kept.</summary>
    public const int PlanCacheCount = 1_024;

    /// <summary>What the kept documents may take in memory, in bytes, roughly: a program's texts are small, generated ones are not.</summary>
    public const int DocumentCacheSizeBytes = 8 * 1024 * 1024;

    /// <summary>What the kept plans may take in memory, in bytes, roughly.</summary>
    public const int PlanCacheSizeBytes = 16 * 1024 * 1024;

    /// <summary>Prepared statements kept per connection.</summary>
    public const int StatementCacheCount = 128;

    /// <summary>Most reading connections: each holds its own page cache.</summary>
    public const int ReaderCount = 64;

    /// <summary>Smallest page cache in bytes: below a few dozen pages every step of a tree is decrypted again.</summary>
    public const int PageCacheMinSizeBytes = 256 * 1024;

    /// <summary>Largest page cache in bytes: SQLite counts it in 32-bit units of 1 KiB, and a cache beyond it helps nobody.</summary>
    public const int PageCacheMaxSizeBytes = 1024 * 1024 * 1024;

    /// <summary>Documents of a mutation stream that were sent and whose results were not read: beyond it sending waits.</summary>
    public const int MutationStreamLength = 1_024;

    /// <summary>Events a subscriber has not read; beyond it the oldest are dropped and reported. Changes of data merge and never count twice.</summary>
    public const int EventQueueLength = 1_024;

    /// <summary>Pairs of room and entity one merged change names; beyond it the change says that anything may have changed.</summary>
    public const int ChangedEntityCount = 10_000;

    /// <summary>Findings a verification reports: beyond it the database is damaged, and more sentences help nobody.</summary>
    public const int FindingCount = 1_000;

    /// <summary>Longest device name in bytes of UTF-8: it travels with every log.</summary>
    public const int DeviceNameSizeBytes = 64;

    /// <summary>Longest login or password in bytes of UTF-8: no person types more.</summary>
    public const int PasswordSizeBytes = 4_096;

    /// <summary>Largest frame between peers in bytes, type and body: the largest commit with what names its log.</summary>
    public const int FrameSizeBytes = CommitSizeBytes + 4_096;

    /// <summary>What a peer may send before it has proved who it is, in bytes: two greetings and a certificate.</summary>
    public const int HandshakeSizeBytes = 64 * 1024;

    /// <summary>Most secrets a dialler that does not know whom it will meet tries at once: their proofs fit what may be sent before.</summary>
    public const int ProofCount = 1_024;

    /// <summary>How long a peer may take to prove who it is, in milliseconds, from its first packet.</summary>
    public const int HandshakeMs = 10_000;

    /// <summary>Most connections that have not yet proved who they are: a flood of them fills no memory.</summary>
    public const int HalfOpenCount = 256;

    /// <summary>Most connections of one address that have not yet proved who they are: one machine cannot use up the places of all.</summary>
    public const int HalfOpenPerAddressCount = 16;

    /// <summary>Most connections others dialled: a user's contacts online at once.</summary>
    public const int ConnectionCount = 1_024;

    /// <summary>Most streams a peer may have open on one connection: rooms beyond it take turns.</summary>
    public const int StreamCount = 256;

    /// <summary>What a peer may send on one stream before it is read, in bytes: fills 100 Mbit/s over 80 ms.</summary>
    public const int StreamWindowSizeBytes = 1024 * 1024;

    /// <summary>What a peer may send on one connection before it is read, in bytes: bounds its memory here.</summary>
    public const int ConnectionWindowSizeBytes = 4 * 1024 * 1024;

    /// <summary>A sign of life is sent after so many milliseconds of silence: address translators forget after 30 seconds.</summary>
    public const int KeepAliveMs = 20_000;

    /// <summary>A connection is gone after so many milliseconds without anything from the peer: three signs of life were missed.</summary>
    public const int IdleMs = 60_000;

    /// <summary>Most devices whose addresses are remembered: a thousand contacts with a few devices each.</summary>
    public const int KnownDeviceCount = 4_096;
}

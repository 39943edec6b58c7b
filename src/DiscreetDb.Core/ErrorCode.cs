namespace DiscreetDb;

/// <summary>Every way a call can fail. The list is closed; <c>docs/errors.md</c> is generated from it.</summary>
/// <remarks>In JSON and GraphQL a code is spelled in capitals: <c>NotNullable</c> becomes <c>NOT_NULLABLE</c>.</remarks>
public enum ErrorCode
{
    // Text, with line and column.

    /// <summary>The text does not follow the grammar; the message says what was found and what was expected.</summary>
    SyntaxError = 100,

    /// <summary>The text is longer than its limit; nothing was read.</summary>
    TextTooLarge,

    /// <summary>The text nests deeper, or names more, than its limits allow; nothing was planned.</summary>
    TooComplex,

    /// <summary>An integer does not fit 64 bits.</summary>
    IntegerOutOfRange,

    /// <summary>A float is not finite.</summary>
    InvalidFloat,

    /// <summary>A string holds U+0000, an unpaired surrogate or an unknown escape.</summary>
    InvalidString,

    /// <summary>A text is not canonical base64url without padding.</summary>
    InvalidBase64,

    /// <summary>A text is not JSON, names a member twice, or nests too deep.</summary>
    InvalidJson,

    /// <summary>A field or alias begins with an underscore.</summary>
    InvalidName,

    /// <summary>The model has no such namespace.</summary>
    NamespaceNotFound,

    /// <summary>The model has no such entity.</summary>
    EntityNotFound,

    /// <summary>The entity has no such field.</summary>
    FieldNotFound,

    /// <summary>A literal, function, selector, order key or selection does not fit the field.</summary>
    InvalidFieldType,

    /// <summary>Null was given where null is not possible.</summary>
    NotNullable,

    /// <summary>One variable stands in two places of different type or nullability.</summary>
    ConflictingVariableType,

    // Model.

    /// <summary>The namespace <c>sys</c> belongs to the engine.</summary>
    NamespaceReserved = 200,

    /// <summary>An entity or field is called like a scalar type.</summary>
    ReservedWord,

    /// <summary>A field is called like a system field.</summary>
    SystemFieldConflict,

    /// <summary>An entity stands twice in its namespace.</summary>
    DuplicateEntity,

    /// <summary>A field stands twice in its entity, or is assigned twice in one object.</summary>
    DuplicateField,

    /// <summary>An index stands twice in its entity.</summary>
    DuplicateIndex,

    /// <summary>An index names a relation, a Json field, or a field twice.</summary>
    InvalidIndex,

    /// <summary>A default does not fit its type.</summary>
    InvalidDefault,

    /// <summary>A namespace was removed though the stored model does not mark all of it deprecated.</summary>
    MissingNamespace,

    /// <summary>An entity was removed though the stored model does not mark it deprecated.</summary>
    MissingEntity,

    /// <summary>A field was removed though the stored model does not mark it deprecated.</summary>
    MissingField,

    /// <summary>A field changed its type, its multiplicity or its target.</summary>
    FieldTypeChanged,

    /// <summary>Existing rows would lack a value: the field needs a default or must be nullable.</summary>
    MissingDefaultValue,

    /// <summary>An <c>@was</c> was dropped, names something still declared, or claims a name twice.</summary>
    InvalidRename,

    /// <summary>Two items of the model map to one GraphQL name; the GraphQL surface does not open.</summary>
    GraphQLNameConflict,

    // Query.

    /// <summary>Two items of an answer would have the same key.</summary>
    DuplicateKey = 300,

    /// <summary>An alias is the name of an entity or field.</summary>
    AliasConflict,

    /// <summary>A relation is compared with something else than the literal null.</summary>
    InvalidEntityFilter,

    /// <summary><c>nullable(x)</c> names something that is not selected.</summary>
    UnknownNullableField,

    /// <summary><c>nullable(x)</c> names something that is not a relation.</summary>
    InvalidNullableField,

    /// <summary>Two parameters of a selection exclude each other.</summary>
    IncompatibleParameters,

    /// <summary>A paging value does not fit its key, or is negative.</summary>
    InvalidPagingValue,

    /// <summary>A relation stands beside an aggregate.</summary>
    InvalidAggregate,

    // Parameters.

    /// <summary>A variable has no parameter.</summary>
    MissingParameter = 400,

    /// <summary>A parameter was added twice.</summary>
    DuplicateParameter,

    /// <summary>A parameter has another type than its place.</summary>
    ConflictingParameterType,

    /// <summary>The text is not a flat JSON object of scalars.</summary>
    InvalidParameterJson,

    // Mutation and deletion.

    /// <summary>An insertion lacks a required field.</summary>
    MissingRequiredField = 500,

    /// <summary>The field is kept by the engine and cannot be assigned.</summary>
    FieldNotWritable,

    /// <summary>An id is null or not 16 bytes.</summary>
    InvalidId,

    /// <summary>No such row exists with that entity.</summary>
    UnknownRow,

    /// <summary>This database does not hold the room.</summary>
    UnknownRoom,

    /// <summary>The row is larger than its limit.</summary>
    RowTooLarge,

    /// <summary>A right is missing; the message names it, the entity and the room.</summary>
    AuthorisationRejected,

    /// <summary>Parts of a room definition are mutated only inside <c>sys.Room</c>.</summary>
    InvalidAuthorisationMutation,

    /// <summary>Entries of a room definition are appended, never changed.</summary>
    UpdateNotAllowed,

    /// <summary>Entries of a room definition cannot be removed.</summary>
    CannotRemove,

    /// <summary>The authorisation belongs to another room.</summary>
    NotBelongsTo,

    /// <summary>Room definitions have no <c>room_id</c> to assign.</summary>
    ForbiddenRoomId,

    /// <summary>Room definitions cannot be deleted.</summary>
    DeleteNotAllowed,

    /// <summary>The row was changed since the caller read it; nothing was written.</summary>
    RowChanged,

    // Results.

    /// <summary>The answer has no such key.</summary>
    ResultKeyNotFound = 600,

    /// <summary>The value is an object where an array was asked for, or the reverse.</summary>
    ResultShapeMismatch,

    /// <summary>The value cannot be read as the type asked for.</summary>
    InvalidResult,

    // Engine.

    /// <summary>No database exists for this application and key material, and options forbid creating one.</summary>
    DatabaseNotFound = 700,

    /// <summary>The key does not open the file.</summary>
    WrongKey,

    /// <summary>The file belongs to another application.</summary>
    WrongApplication,

    /// <summary>The file was written by a newer version of the engine.</summary>
    NewerFormat,

    /// <summary>Another process, or another object of this process, has the database open.</summary>
    DatabaseInUse,

    /// <summary>The file is damaged.</summary>
    DatabaseCorrupt,

    /// <summary>The folder or file cannot be written.</summary>
    ReadOnly,

    /// <summary>The disk is full; nothing was written, and writing works again with space.</summary>
    DiskFull,

    /// <summary>Reading or writing the file failed.</summary>
    StorageFailed,

    /// <summary>A native library is missing; the message names the package to install.</summary>
    NativeLibraryMissing,

    /// <summary>The database was closed.</summary>
    Closed,

    /// <summary>The caller's token asked to stop.</summary>
    Cancelled,

    /// <summary>The deadline passed.</summary>
    TimedOut,

    /// <summary>The answer is larger than its limit.</summary>
    AnswerTooLarge,

    /// <summary>A recovery phrase or sealed envelope is malformed, or its password is wrong.</summary>
    InvalidKeyMaterial,

    /// <summary>This device was revoked by its user: nothing it writes counts any more.</summary>
    DeviceRevoked,
}

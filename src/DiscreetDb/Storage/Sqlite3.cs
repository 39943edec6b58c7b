using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace DiscreetDb.Storage;

/// <summary>
/// The functions of SQLCipher this engine calls, as they are declared in <c>sqlite3.h</c>. Everything is blittable.
/// </summary>
/// <remarks>
/// Calls without a GC transition are those that neither block, nor call back, nor run longer than about a microsecond:
/// connections are opened without mutexes and memory statistics are off, so none of them waits for another thread.
/// </remarks>
internal static unsafe partial class Sqlite3
{
    public const string Library = "sqlcipher";

    public const int Ok = 0;
    public const int Error = 1;
    public const int Busy = 5;
    public const int Locked = 6;
    public const int ReadOnly = 8;
    public const int Interrupt = 9;
    public const int IoError = 10;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int NotADatabase = 26;
    public const int Row = 100;
    public const int Done = 101;
    public const int IoErrorShmSize = IoError | (19 << 8);
    public const int IoErrorCorruptFs = IoError | (33 << 8);

    public const int OpenReadOnly = 0x1;
    public const int OpenReadWrite = 0x2;
    public const int OpenCreate = 0x4;
    public const int OpenUri = 0x40;
    public const int OpenNoMutex = 0x8000;

    public const uint PreparePersistent = 1;
    public const int ConfigMemoryStatus = 9;
    public const int CheckpointPassive = 0;
    public const int StatusCacheUsed = 1;
    public const int FunctionFlags = Utf8 | Deterministic | Innocuous;

    /// <summary>SQLite copies what it is given (SQLITE_TRANSIENT).</summary>
    public const nint Copy = -1;

    private const int Utf8 = 1;
    private const int Deterministic = 0x800;
    private const int Innocuous = 0x200000;

    [LibraryImport(Library)]
    public static partial byte* sqlite3_libversion();

    [LibraryImport(Library)]
    public static partial int sqlite3_libversion_number();

    [LibraryImport(Library)]
    public static partial int sqlite3_config(int option, int value);

    /// <summary>
    /// The same function where variadic arguments travel on the stack (Apple, ARM64): the registers before them are filled.
    /// </summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_config")]
    public static partial int sqlite3_config_on_stack(int option, nint r1, nint r2, nint r3, nint r4, nint r5, nint r6, nint r7, int value);

    [LibraryImport(Library)]
    public static partial int sqlite3_initialize();

    [LibraryImport(Library)]
    public static partial int sqlite3_open_v2(byte* name, nint* connection, int flags, byte* vfs);

    [LibraryImport(Library)]
    public static partial int sqlite3_close_v2(nint connection);

    [LibraryImport(Library)]
    public static partial int sqlite3_exec(nint connection, byte* sql, nint callback, nint argument, byte** error);

    [LibraryImport(Library)]
    public static partial byte* sqlite3_errmsg(nint connection);

    [LibraryImport(Library)]
    public static partial byte* sqlite3_errstr(int code);

    [LibraryImport(Library)]
    public static partial int sqlite3_extended_errcode(nint connection);

    [LibraryImport(Library)]
    public static partial int sqlite3_extended_result_codes(nint connection, int on);

    [LibraryImport(Library)]
    public static partial int sqlite3_system_errno(nint connection);

    [LibraryImport(Library)]
    public static partial int sqlite3_db_readonly(nint connection, byte* database);

    [LibraryImport(Library)]
    public static partial int sqlite3_db_release_memory(nint connection);

    [LibraryImport(Library)]
    public static partial int sqlite3_db_status(nint connection, int option, int* current, int* highest, int reset);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_get_autocommit(nint connection);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_changes(nint connection);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_total_changes(nint connection);

    [LibraryImport(Library)]
    public static partial int sqlite3_prepare_v3(nint connection, byte* sql, int size, uint flags, nint* statement, byte** tail);

    [LibraryImport(Library)]
    public static partial int sqlite3_step(nint statement);

    [LibraryImport(Library)]
    public static partial int sqlite3_reset(nint statement);

    [LibraryImport(Library)]
    public static partial int sqlite3_finalize(nint statement);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_clear_bindings(nint statement);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_column_count(nint statement);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_stmt_readonly(nint statement);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_bind_int64(nint statement, int parameter, long value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_bind_double(nint statement, int parameter, double value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_bind_null(nint statement, int parameter);

    /// <summary>For short values: the copy is a leaf.</summary>
    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_bind_blob(nint statement, int parameter, byte* bytes, int size, nint destructor);

    /// <summary>For short values: the copy is a leaf.</summary>
    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_bind_text(nint statement, int parameter, byte* utf8, int size, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob")]
    public static partial int sqlite3_bind_long_blob(nint statement, int parameter, byte* bytes, int size, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    public static partial int sqlite3_bind_long_text(nint statement, int parameter, byte* utf8, int size, nint destructor);

    [LibraryImport(Library)]
    public static partial int sqlite3_bind_pointer(nint statement, int parameter, void* pointer, byte* type, nint destructor);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_column_type(nint statement, int column);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial long sqlite3_column_int64(nint statement, int column);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial double sqlite3_column_double(nint statement, int column);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial byte* sqlite3_column_blob(nint statement, int column);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial byte* sqlite3_column_text(nint statement, int column);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_column_bytes(nint statement, int column);

    [LibraryImport(Library)]
    public static partial void sqlite3_progress_handler(nint connection, int instructions, delegate* unmanaged[Cdecl]<nint, int> handler, nint argument);

    [LibraryImport(Library)]
    public static partial nint sqlite3_wal_hook(nint connection, delegate* unmanaged[Cdecl]<nint, nint, byte*, int, int> hook, nint argument);

    [LibraryImport(Library)]
    public static partial int sqlite3_wal_checkpoint_v2(nint connection, byte* database, int mode, int* frames, int* checkpointed);

    [LibraryImport(Library)]
    public static partial int sqlite3_create_function_v2(
        nint connection, byte* name, int argumentCount, int flags, nint argument,
        delegate* unmanaged[Cdecl]<nint, int, nint*, void> function, nint step, nint final, nint destroy);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_value_type(nint value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial long sqlite3_value_int64(nint value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial double sqlite3_value_double(nint value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial byte* sqlite3_value_blob(nint value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial byte* sqlite3_value_text(nint value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int sqlite3_value_bytes(nint value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial void sqlite3_result_int64(nint context, long value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial void sqlite3_result_double(nint context, double value);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial void sqlite3_result_null(nint context);

    [LibraryImport(Library)]
    public static partial void sqlite3_result_blob(nint context, byte* bytes, int size, nint destructor);

    [LibraryImport(Library)]
    public static partial void sqlite3_result_text(nint context, byte* utf8, int size, nint destructor);

    [LibraryImport(Library)]
    public static partial void sqlite3_result_error(nint context, byte* utf8, int size);

    [LibraryImport(Library)]
    public static partial nint sqlite3_backup_init(nint destination, byte* destinationName, nint source, byte* sourceName);

    [LibraryImport(Library)]
    public static partial int sqlite3_backup_step(nint backup, int pages);

    [LibraryImport(Library)]
    public static partial int sqlite3_backup_remaining(nint backup);

    [LibraryImport(Library)]
    public static partial int sqlite3_backup_pagecount(nint backup);

    [LibraryImport(Library)]
    public static partial int sqlite3_backup_finish(nint backup);
}

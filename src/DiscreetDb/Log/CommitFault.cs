namespace DiscreetDb.Log;

/// <summary>Why bytes are not a commit, or a commit is not one this database takes. Never an exception (log.md §0).</summary>
internal enum CommitFault
{
    None,

    /// <summary>The layout is of a version this engine does not know.</summary>
    UnknownVersion,

    /// <summary>Larger than a commit may be.</summary>
    TooLarge,

    /// <summary>Not what the encoder writes: cut short, too long, out of order, or a value of no type.</summary>
    Malformed,

    /// <summary>An operation this kind of log cannot hold.</summary>
    UnknownOperation,

    /// <summary>One row has more bytes than a row may have.</summary>
    RowTooLarge,

    /// <summary>The signature is not the author's over this content at this place: altered, out of order, or forged.</summary>
    WrongSignature,

    /// <summary>The certificate is malformed, not signed by its three keys, or not that of the log.</summary>
    WrongCertificate,

    /// <summary>The commit before it is not here.</summary>
    MissingPrevious,

    /// <summary>A rights commit it names as a head is not here.</summary>
    MissingHead,

    /// <summary>Another commit with this sequence is here: the device has signed twice.</summary>
    Forked,

    /// <summary>Dated further ahead than clocks may differ.</summary>
    AheadOfTime,

    /// <summary>The author had no right to an operation in it.</summary>
    NotAllowed,

    /// <summary>The author was no member of the room.</summary>
    NotMember,

    /// <summary>Its own user had revoked the device.</summary>
    Revoked,

    /// <summary>The certificate of its author is not here.</summary>
    MissingCertificate,

    /// <summary>A bound on what this author may make this database keep is reached.</summary>
    Quota,

    /// <summary>The room is not one that travels, or not held here.</summary>
    UnknownRoom,
}

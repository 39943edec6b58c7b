namespace DiscreetDb.Query.Plans.Grouping;

/// <summary>One member of the object of a group.</summary>
/// <param name="Prefix">Brace or comma, key and colon.</param>
/// <param name="IsKey">Whether its value is a key, or an aggregate.</param>
/// <param name="Index">Position among the keys or aggregates.</param>
internal readonly record struct GroupMember(byte[] Prefix, bool IsKey, int Index);

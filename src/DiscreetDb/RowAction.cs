namespace DiscreetDb;

/// <summary>What <see cref="Discreet.CanAsync" /> asks about.</summary>
public enum RowAction
{
    /// <summary>Add a row.</summary>
    Insert,

    /// <summary>Change fields of a row, or add or remove links that start at it.</summary>
    Update,

    /// <summary>Delete a row.</summary>
    Delete,
}

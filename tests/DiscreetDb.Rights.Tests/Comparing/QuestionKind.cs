namespace DiscreetDb.RightsTests.Comparing;

/// <summary>What can be asked of a room.</summary>
internal enum QuestionKind
{
    Heads,
    ViewExists,
    IsAdmin,
    IsMember,
    IsUser,
    IsUserAdmin,
    Name,
    AuthorisationRights,
    UserRights,
    Can,
    LogEnd,
    IsInLog,
}

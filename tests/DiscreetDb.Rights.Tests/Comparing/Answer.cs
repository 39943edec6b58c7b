using DiscreetDb.RightsTests.Histories;

namespace DiscreetDb.RightsTests.Comparing;

/// <summary>One question and what was answered: bits for truths and rights, text for names and heads.</summary>
internal readonly record struct Answer(
    QuestionKind Kind, Viewpoint? Viewpoint, VerifyingKey User, Uid Authorisation, string? Entity, int Bits, string? Text)
{
    /// <summary>The question in words.</summary>
    public string Question(HistoryText text)
    {
        string user = text.UserName(User);
        string authorisation = text.AuthorisationName(Authorisation);
        string question = Kind switch
        {
            QuestionKind.Heads => "the heads of the room",
            QuestionKind.LogEnd => $"where the data log of {text.DeviceName(Authorisation)} ends",
            QuestionKind.IsInLog => "is it in its log",
            QuestionKind.ViewExists => "is there a view",
            QuestionKind.IsAdmin => $"is {user} an admin",
            QuestionKind.IsMember => $"is {user} a member",
            QuestionKind.IsUser => $"is {user} a user of {authorisation}",
            QuestionKind.IsUserAdmin => $"is {user} a user admin of {authorisation}",
            QuestionKind.Name => $"the name of {authorisation}",
            QuestionKind.AuthorisationRights => $"the rights of {authorisation} on {Entity}, self = 1, all = 2",
            QuestionKind.UserRights => $"the rights of {user} on {Entity}, self = 1, all = 2",
            QuestionKind.Can => $"what {user} may do with {Entity}, insert = 1, own update = 2 and delete = 4, other's = 8 and 16, read = 32",
            _ => throw new InvalidOperationException($"{Kind}"),
        };
        return Viewpoint is null ? question : $"{question}, {text.Describe(Viewpoint)}";
    }
}

using DiscreetDb.RightsTests.Histories;
using DiscreetDb.Rooms;

namespace DiscreetDb.RightsTests.Comparing;

/// <summary>Asks a room everything there is to see, in an order that depends on the history only.</summary>
internal sealed class Questionnaire(History history)
{
    private readonly List<Answer> _answers = [];
    private Viewpoint? _viewpoint;

    public static List<Answer> Ask(History history, IRoom room)
    {
        Questionnaire questionnaire = new(history);
        questionnaire.Ask(room);
        return questionnaire._answers;
    }

    private void Ask(IRoom room)
    {
        Add(QuestionKind.Heads, text: string.Join(' ', room.Heads));
        foreach (HistoryUser user in history.Users)
        {
            foreach (Uid device in user.Devices)
            {
                LogPosition end = room.EndOf(user, device);
                Add(QuestionKind.LogEnd, user.Key, device, text: $"{end.Sequence} {end.Commit}");
            }
        }

        foreach (Viewpoint viewpoint in history.Viewpoints)
        {
            _viewpoint = viewpoint;
            IRoomView? view = room.View(viewpoint);
            if (viewpoint is Viewpoint.Judged judged)
            {
                bool isInLog = room.IsInLog(judged.Commit);
                Add(QuestionKind.IsInLog, bits: Bit(isInLog));
                view = isInLog ? view : null;
            }

            Add(QuestionKind.ViewExists, bits: Bit(view is not null));
            Ask(view ?? NoView.Instance);
        }
    }

    private void Ask(IRoomView view)
    {
        foreach (Uid authorisation in history.Authorisations)
        {
            Add(QuestionKind.Name, authorisation: authorisation, text: view.NameOf(authorisation));
            foreach (string entity in History.Entities)
            {
                Add(QuestionKind.AuthorisationRights, authorisation: authorisation, entity: entity, bits: Bits(view.RightsOf(authorisation, entity)));
            }
        }

        for (int i = 0; i < history.Users.Length; i++)
        {
            Ask(view, history.Users[i].Key, history.Users[(i + 1) % history.Users.Length].Key);
        }
    }

    private void Ask(IRoomView view, VerifyingKey user, VerifyingKey other)
    {
        Add(QuestionKind.IsAdmin, user, bits: Bit(view.IsAdmin(user)));
        Add(QuestionKind.IsMember, user, bits: Bit(view.IsMember(user)));
        foreach (Uid authorisation in history.Authorisations)
        {
            Add(QuestionKind.IsUser, user, authorisation, bits: Bit(view.IsUser(authorisation, user)));
            Add(QuestionKind.IsUserAdmin, user, authorisation, bits: Bit(view.IsUserAdmin(authorisation, user)));
        }

        foreach (string entity in History.Entities)
        {
            Add(QuestionKind.UserRights, user, entity: entity, bits: Bits(view.RightsOf(user, entity)));
            Add(QuestionKind.Can, user, entity: entity, bits: Can(view, user, entity, other));
        }
    }

    private static int Can(IRoomView view, VerifyingKey user, string entity, VerifyingKey other) =>
        Bit(view.Can(user, RightsAction.Insert, entity, user))
        + (2 * Bit(view.Can(user, RightsAction.Update, entity, user)))
        + (4 * Bit(view.Can(user, RightsAction.Delete, entity, user)))
        + (8 * Bit(view.Can(user, RightsAction.Update, entity, other)))
        + (16 * Bit(view.Can(user, RightsAction.Delete, entity, other)))
        + (32 * Bit(view.Can(user, RightsAction.Read, entity, other)));

    private static int Bit(bool value) => value ? 1 : 0;

    private static int Bits(EntityRights rights) => Bit(rights.MutateSelf) + (2 * Bit(rights.MutateAll));

    private void Add(
        QuestionKind kind, VerifyingKey user = default, Uid authorisation = default, string? entity = null, int bits = 0, string? text = null) =>
        _answers.Add(new Answer(kind, _viewpoint, user, authorisation, entity, bits, text));
}

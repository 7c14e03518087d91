using Connectors.Databricks.Chat.Requests;

namespace Connectors.Databricks.Agents;

/// <summary>Validates the ids of sessions, which are sent in a header or a body.</summary>
internal static class SessionIds
{
    private const int Longest = 256;

    /// <exception cref="ArgumentException">It cannot be sent.</exception>
    public static void Require(string session)
    {
        if (session.Length is 0 or > Longest || session.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw OptionExceptions.Invalid(
                $"ChatOptions.ConversationId is not the id of a session: use 1 to {Longest} visible ASCII characters without spaces.");
        }
    }
}

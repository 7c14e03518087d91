using System.Buffers;

namespace Connectors.Databricks.AspNetCore.OpenAI.Replies;

/// <summary>
/// The ids of responses: the service's own where it is usable, so that a response can be found in its logs, otherwise a new one.
/// </summary>
internal static class ReplyIds
{
    /// <summary>The Responses API accepts ids of at most 64 characters.</summary>
    private const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static string OrNew(string? id, string prefix) =>
        id is { Length: > 0 and <= MaxLength } && !id.AsSpan().ContainsAnyExcept(Allowed) ? id : New(prefix);

    public static string New(string prefix) => $"{prefix}{Guid.NewGuid():N}";
}

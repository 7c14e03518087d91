using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat;

/// <summary>
/// What a reasoning content must remember to go back on the wire as it came: the dialect it arrived in and the service's opaque part.
/// It travels in <see cref="TextReasoningContent.ProtectedData"/>, marked as ours, so that another provider's data is never mistaken for it.
/// </summary>
/// <param name="Kind">The dialect.</param>
/// <param name="Data">The signature or the encrypted block; empty for the dialects without one.</param>
/// <param name="GoesOn">Whether it stood in the same part as the reasoning before it.</param>
/// <param name="Origin">The endpoint whose model thought it; null in seals that do not say.</param>
internal readonly record struct ProtectedReasoning(ReasoningKind Kind, string Data, bool GoesOn = false, string? Origin = null)
{
    private const string Mark = "databricks:";
    private const char GoesOnMark = '+';
    private const char OriginMark = '@';

    private static readonly (ReasoningKind Kind, string Prefix)[] Prefixes =
    [
        (ReasoningKind.Summary, Mark + "summary"),
        (ReasoningKind.Signed, Mark + "signature"),
        (ReasoningKind.Encrypted, Mark + "encrypted"),
        (ReasoningKind.Sibling, Mark + "reasoning_content"),
    ];

    /// <summary>Reads a seal of ours; null for reasoning that came from elsewhere.</summary>
    public static ProtectedReasoning? Read(string? protectedData)
    {
        if (protectedData is not null && protectedData.StartsWith(Mark, StringComparison.Ordinal))
        {
            foreach (var (kind, prefix) in Prefixes)
            {
                if (protectedData.StartsWith(prefix, StringComparison.Ordinal) && Rest(protectedData, prefix.Length) is { } rest)
                {
                    return new ProtectedReasoning(kind, rest.Data, rest.GoesOn, rest.Origin);
                }
            }
        }

        return null;
    }

    /// <summary>Whether protected data may go to an endpoint: it is from there, or says nothing of where it is from.</summary>
    public static bool IsFrom(string protectedData, string endpointName, out string? origin)
    {
        // The common case first, and without a string: "databricks:signature@endpoint:" and no other.
        origin = null;
        if (!protectedData.StartsWith(Mark, StringComparison.Ordinal))
        {
            return true;
        }

        var head = protectedData.AsSpan(Mark.Length);
        var end = head.IndexOf(':');
        var start = end < 0 ? -1 : head[..end].IndexOf(OriginMark);
        if (start < 0 || head[(start + 1)..end].SequenceEqual(endpointName))
        {
            return true;
        }

        origin = head[(start + 1)..end].ToString();
        return false;
    }

    // "+@endpoint:", "@endpoint:", "+:" or ":", then the data.
    private static (string Data, bool GoesOn, string? Origin)? Rest(string protectedData, int start)
    {
        var goesOn = protectedData.Length > start && protectedData[start] == GoesOnMark;
        start += goesOn ? 1 : 0;
        var end = protectedData.IndexOf(':', start);
        if (end < 0 || (end > start && protectedData[start] != OriginMark))
        {
            return null;
        }

        return (protectedData[(end + 1)..], goesOn, end > start ? protectedData[(start + 1)..end] : null);
    }

    public override string ToString()
    {
        foreach (var (kind, prefix) in Prefixes)
        {
            if (kind == Kind)
            {
                return $"{prefix}{(GoesOn ? GoesOnMark : null)}{(Origin is null ? null : OriginMark)}{Origin}:{Data}";
            }
        }

        throw new InvalidOperationException($"Unknown reasoning kind {Kind}.");
    }
}

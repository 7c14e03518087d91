using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat;

/// <summary>
/// What a reasoning content must remember to go back on the wire as it came: the dialect it arrived in and the service's opaque part.
/// It travels in <see cref="TextReasoningContent.ProtectedData"/>, marked as ours, so that another provider's data is never mistaken for it.
/// </summary>
/// <param name="Kind">The dialect.</param>
/// <param name="Data">The signature or the encrypted block; empty for the dialects without one.</param>
/// <param name="GoesOn">Whether it stood in the same part as the reasoning before it.</param>
internal readonly record struct ReasoningSeal(ReasoningKind Kind, string Data, bool GoesOn = false)
{
    private const string Mark = "databricks:";
    private const char GoesOnMark = '+';

    private static readonly (ReasoningKind Kind, string Prefix)[] Prefixes =
    [
        (ReasoningKind.Summary, Mark + "summary"),
        (ReasoningKind.Signed, Mark + "signature"),
        (ReasoningKind.Encrypted, Mark + "encrypted"),
        (ReasoningKind.Sibling, Mark + "reasoning_content"),
    ];

    /// <summary>Reads a seal of ours; null for reasoning that came from elsewhere.</summary>
    public static ReasoningSeal? Read(string? protectedData)
    {
        if (protectedData is not null && protectedData.StartsWith(Mark, StringComparison.Ordinal))
        {
            foreach (var (kind, prefix) in Prefixes)
            {
                if (protectedData.StartsWith(prefix, StringComparison.Ordinal) && Rest(protectedData, prefix.Length) is { } rest)
                {
                    return new ReasoningSeal(kind, rest.Data, rest.GoesOn);
                }
            }
        }

        return null;
    }

    // "+:" or ":", then the data.
    private static (string Data, bool GoesOn)? Rest(string protectedData, int start)
    {
        var goesOn = protectedData.Length > start && protectedData[start] == GoesOnMark;
        start += goesOn ? 1 : 0;
        return protectedData.Length > start && protectedData[start] == ':' ? (protectedData[(start + 1)..], goesOn) : null;
    }

    public override string ToString()
    {
        foreach (var (kind, prefix) in Prefixes)
        {
            if (kind == Kind)
            {
                return $"{prefix}{(GoesOn ? GoesOnMark : null)}:{Data}";
            }
        }

        throw new InvalidOperationException($"Unknown reasoning kind {Kind}.");
    }
}

using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat;

/// <summary>
/// The data that is required to send a reasoning content back unchanged: its dialect and the opaque part of the service. Stored in
/// <see cref="TextReasoningContent.ProtectedData"/> with a prefix, so that data of another provider is never mistaken for it.
/// </summary>
/// <param name="Kind">The dialect.</param>
/// <param name="Data">The signature or the encrypted block; empty for the dialects without one.</param>
/// <param name="IsContinuation">Whether it belongs to the same content part as the previous reasoning.</param>
/// <param name="Origin">The endpoint that created it, or null when it is unknown.</param>
internal readonly record struct ProtectedReasoning(ReasoningKind Kind, string Data, bool IsContinuation = false, string? Origin = null)
{
    private const string Mark = "databricks:";
    private const char IsContinuationMark = '+';
    private const char OriginMark = '@';

    private static readonly (ReasoningKind Kind, string Prefix)[] Prefixes =
    [
        (ReasoningKind.Summary, Mark + "summary"),
        (ReasoningKind.Signed, Mark + "signature"),
        (ReasoningKind.Encrypted, Mark + "encrypted"),
        (ReasoningKind.Sibling, Mark + "reasoning_content"),
        (ReasoningKind.Item, Mark + "item"),
    ];

    /// <summary>Reads protected data of this connector; returns null for data of another provider.</summary>
    public static ProtectedReasoning? Read(string? protectedData)
    {
        if (protectedData is not null && protectedData.StartsWith(Mark, StringComparison.Ordinal))
        {
            foreach (var (kind, prefix) in Prefixes)
            {
                if (protectedData.StartsWith(prefix, StringComparison.Ordinal) && Rest(protectedData, prefix.Length) is { } rest)
                {
                    return new ProtectedReasoning(kind, rest.Data, rest.IsContinuation, rest.Origin);
                }
            }
        }

        return null;
    }

    /// <summary>The dialect alone, without allocating; null for data of another provider.</summary>
    public static ReasoningKind? KindOf(string? protectedData)
    {
        if (protectedData is null || !protectedData.StartsWith(Mark, StringComparison.Ordinal) ||
            !protectedData.AsSpan(Mark.Length).Contains(':'))
        {
            return null;
        }

        foreach (var (kind, prefix) in Prefixes)
        {
            if (protectedData.StartsWith(prefix, StringComparison.Ordinal) &&
                protectedData.AsSpan(prefix.Length) is [IsContinuationMark or OriginMark or ':', ..])
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>Whether protected data can be sent to an endpoint: the endpoint created it, or its origin is unknown.</summary>
    public static bool IsFrom(string protectedData, string endpointName, out string? origin)
    {
        // The most common case first, without allocating a string: "databricks:signature@endpoint:" and no other.
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
    private static (string Data, bool IsContinuation, string? Origin)? Rest(string protectedData, int start)
    {
        var isContinuation = protectedData.Length > start && protectedData[start] == IsContinuationMark;
        start += isContinuation ? 1 : 0;
        var end = protectedData.IndexOf(':', start);
        if (end < 0 || (end > start && protectedData[start] != OriginMark))
        {
            return null;
        }

        return (protectedData[(end + 1)..], isContinuation, end > start ? protectedData[(start + 1)..end] : null);
    }

    public override string ToString()
    {
        foreach (var (kind, prefix) in Prefixes)
        {
            if (kind == Kind)
            {
                return $"{prefix}{(IsContinuation ? IsContinuationMark : null)}{(Origin is null ? null : OriginMark)}{Origin}:{Data}";
            }
        }

        throw new InvalidOperationException($"Unknown reasoning kind {Kind}.");
    }
}

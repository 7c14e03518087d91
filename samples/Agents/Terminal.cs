using Microsoft.Extensions.AI;

namespace Agents;

/// <summary>The little decoration that a terminal can show, and a pipe must not see.</summary>
internal static class Terminal
{
    // https://no-color.org: any value that is not empty counts.
    private static readonly bool HasColor =
        !Console.IsOutputRedirected &&
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) &&
        Environment.GetEnvironmentVariable("TERM") is not "dumb";

    public static string Bold(string text) => Styled(text, "1");

    public static string Dim(string text) => Styled(text, "2");

    /// <summary>A line with the token counts; empty if the endpoint sent none.</summary>
    public static string Counts(UsageDetails? usage)
    {
        if (usage is null)
        {
            return string.Empty;
        }

        var thinking = usage.ReasoningTokenCount is > 0 and var count ? $", {count} of them thinking" : string.Empty;
        return Dim($"[{usage.InputTokenCount} tokens in, {usage.OutputTokenCount} out{thinking}]");
    }

    private static string Styled(string text, string code) => HasColor ? $"\e[{code}m{text}\e[0m" : text;
}

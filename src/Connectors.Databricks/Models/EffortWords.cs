namespace Connectors.Databricks.Models;

/// <summary>The words of one family for how hard to think (serving reference §3.7).</summary>
internal sealed record EffortWords(string Low, string Medium, string High, string ExtraHigh)
{
    public static EffortWords Common { get; } = new("low", "medium", "high", "high");

    public static EffortWords WithExtraHigh { get; } = new("low", "medium", "high", "xhigh");

    public static EffortWords WithoutMedium { get; } = new("low", "high", "high", "max");
}

using Connectors.Databricks.Benchmarks.Contenders;

namespace Connectors.Databricks.Benchmarks.Measuring;

/// <summary>The maximum cost of a candidate relative to another contender; null without a target.</summary>
/// <param name="Time">The largest ratio of times.</param>
/// <param name="Bytes">The largest ratio of allocated bytes.</param>
internal sealed record RatioTarget(double? Time = null, double? Bytes = null)
{
    /// <summary>The target of a scenario in comparison with a contender.</summary>
    public static RatioTarget For(string scenario, string contender) => (scenario, contender) switch
    {
        ("Chat, 1 message", Clients.Floor) => new(Time: 1.8, Bytes: 1.3),
        ("Tool call, 1,000 fragments" or "Embeddings, base64", Clients.Floor) => new(Time: 1.3),
        ("Semantic Kernel, chat", _) => new(Time: 0.75, Bytes: 0.85),
        ("Semantic Kernel, 1,000 deltas", _) => new(Time: 0.30),
        ("Responses, 1,000 deltas", Clients.Floor) => new(Time: 1.5),
        (_, Clients.Floor) when scenario.StartsWith("Embeddings", StringComparison.Ordinal) => new(Time: 0.6),
        (_, Clients.Floor) when scenario.Contains("deltas", StringComparison.Ordinal) => new(Time: 1.3),
        (_, Clients.OpenAI) when scenario.Contains("deltas", StringComparison.Ordinal) => new(Time: 0.45, Bytes: 0.16),
        _ => new(),
    };

    public bool IsMetBy(PairedRatio ratio) => !(ratio.Time > Time) && !(ratio.Bytes > Bytes);
}

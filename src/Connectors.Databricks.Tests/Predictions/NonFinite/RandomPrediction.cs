namespace Connectors.Databricks.Tests.Predictions.NonFinite;

/// <summary>Predictions in every shape that MLflow's server writes, with NaN and infinity wherever a number can be.</summary>
internal sealed class RandomPrediction(Random random)
{
    private static readonly string[] Texts =
        ["NaN", "Infinity", "-Infinity", "a", "", "say \"NaN\"", ": NaN,", "[Infinity]", "\\", "\n", "Ñ日"];

    public static IReadOnlyList<string> Shapes { get; } =
        ["scalars", "rows", "records", "split", "columns", "instances", "named tensors", "scalar", "bare list", "nested"];

    public double Number() => random.Next(7) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => double.NegativeInfinity,
        3 => -0.5,
        4 => 1e300,
        5 => random.Next(-9, 9),
        _ => Math.Round(random.NextDouble(), 6),
    };

    /// <returns>A number that is the same in double precision.</returns>
    public float Single() => double.IsFinite(Number()) ? 0.25f : (float)Special();

    public double Special() => random.Next(3) switch { 0 => double.NaN, 1 => double.PositiveInfinity, _ => double.NegativeInfinity };

    public string Text() => Texts[random.Next(Texts.Length)];

    /// <returns>The document.</returns>
    public List<KeyValuePair<string, object?>> Document(string shape) =>
    [
        .. random.Next(3) == 0 ? [new("trace", Anything(2))] : Array.Empty<KeyValuePair<string, object?>>(),
        new(shape == "instances" ? "outputs" : "predictions", Prediction(shape)),
        .. random.Next(3) == 0 ? [new("NaN", Number())] : Array.Empty<KeyValuePair<string, object?>>(),
    ];

    public object? Prediction(string shape) => shape switch
    {
        "scalars" or "bare list" => Many(() => Number()),
        "rows" => Many(() => Many(() => Number())),
        "records" => Many(Record),
        "split" => new List<KeyValuePair<string, object?>>
        {
            new("columns", new List<object?> { "a", "NaN" }),
            new("data", Many(() => new List<object?> { Number(), Cell() })),
        },
        "columns" => new List<KeyValuePair<string, object?>> { new("a", Many(() => Number())), new("Infinity", Many(Cell)) },
        "instances" => Many(() => new List<object?> { Number(), Number() }),
        "named tensors" => new List<KeyValuePair<string, object?>> { new("x", Many(() => Many(() => Number()))), new("y", Number()) },
        "scalar" => Number(),
        _ => Anything(0),
    };

    public List<object?> Many(Func<object?> item) => [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => item())];

    private object? Cell() => random.Next(4) switch { 0 => Text(), 1 => null, 2 => true, _ => Number() };

    private object? Record() => new List<KeyValuePair<string, object?>>
    {
        new("real", Number()),
        new("single", (double)Single()),
        new("half", (double)Single()),
        new("maybe", random.Next(3) == 0 ? null : Number()),
        new("text", random.Next(3) switch { 0 => Special(), 1 => null, _ => Text() }),
        new("count", random.Next(2) == 0 ? Special() : random.Next(9)),
        new("list", Many(() => Number())),
        new("map", new List<KeyValuePair<string, object?>> { new("NaN", Number()), new("b", Number()) }),
    };

    private object? Anything(int depth) => random.Next(depth > 3 ? 2 : 4) switch
    {
        0 => Number(),
        1 => Cell(),
        2 => Many(() => Anything(depth + 1)),
        _ => Enumerable.Range(0, random.Next(0, 4))
            .Select(i => new KeyValuePair<string, object?>($"{i}{Text()}", Anything(depth + 1))).ToList(),
    };
}

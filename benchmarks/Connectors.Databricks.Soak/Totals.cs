using System.Collections.Concurrent;

namespace Connectors.Databricks.Soak;

/// <summary>Counts the outcomes of the calls, and keeps the first few failures.</summary>
internal sealed class Totals
{
    private readonly ConcurrentDictionary<(string Kind, string Outcome), int> _counts = new();
    private readonly ConcurrentQueue<string> _wrong = new();

    public const string Right = "right";
    public const string Retried = "right, met a fault";
    public const string Failed = "typed failure";
    public const string Left = "caller left";
    public const string Neighbor = "broken by a neighbor";
    public const string Lost = "LOST";
    public const string WrongAnswer = "WRONG";
    public const string Untyped = "UNTYPED";
    public const string Unnoticed = "UNNOTICED";
    public const string Doubled = "DOUBLED";

    public static readonly string[] Outcomes = [Right, Retried, Failed, Left, Neighbor, Lost, WrongAnswer, Untyped, Unnoticed, Doubled];

    public bool IsClean => _wrong.IsEmpty;

    public IEnumerable<string> Wrong => _wrong.Take(10);

    public int Total => _counts.Values.Sum();

    public void Add(string kind, string outcome) => _counts.AddOrUpdate((kind, outcome), 1, (_, count) => count + 1);

    public void AddWrong(string kind, string outcome, string what)
    {
        Add(kind, outcome);
        _wrong.Enqueue($"{kind}, {outcome}: {what}");
    }

    public int Count(string outcome) => _counts.Where(count => count.Key.Outcome == outcome).Sum(count => count.Value);

    public int Count(string kind, string outcome) => _counts.GetValueOrDefault((kind, outcome));
}

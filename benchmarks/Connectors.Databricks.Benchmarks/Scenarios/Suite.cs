using Connectors.Databricks.Benchmarks.Service;

namespace Connectors.Databricks.Benchmarks.Scenarios;

/// <summary>Every scenario by its name.</summary>
internal static class Suite
{
    /// <summary>Events as a model sends them: each is a read of its own, give or take.</summary>
    private const int OneEvent = 290;

    private const int ImageBytes = 10 * 1024 * 1024;

    public static IReadOnlyList<(string Name, Func<Scenario> New)> All { get; } =
    [
        ("Semantic Kernel, 1,000 deltas", () => new KernelStreamScenario(1_000)),
        ("Semantic Kernel, chat", () => new KernelChatScenario()),
        ("Llama, 100 deltas", () => new StreamScenario(StreamDialect.Llama, 100)),
        ("Llama, 1,000 deltas", () => new StreamScenario(StreamDialect.Llama, 1_000)),
        ("Llama, 10,000 deltas", () => new StreamScenario(StreamDialect.Llama, 10_000)),
        ("Llama, 1,000 deltas, a read each", () => new StreamScenario(StreamDialect.Llama, 1_000, OneEvent)),
        ("Claude, 1,000 deltas", () => new StreamScenario(StreamDialect.Claude, 1_000)),
        ("Reasoning, 1,000 deltas", () => new StreamScenario(StreamDialect.Reasoning, 1_000)),
        ("Responses, 1,000 deltas", () => new ResponsesScenario(1_000)),
        ("Responses, history of 90 items", () => new ResponsesHistoryScenario(turns: 30)),
        ("Tool call, 1,000 fragments", () => new ToolCallScenario(1_000)),
        ("Chat, 1 message", () => new ChatScenario(Conversations.Question())),
        ("Chat, 1 message, 4,000 words back", () => new ChatScenario(Conversations.Question(), words: 4_000)),
        ("Chat, 2 messages, 3 tools", () => new ChatScenario(Conversations.History(2), Conversations.Tools())),
        ("Chat, 50 messages, 3 tools", () => new ChatScenario(Conversations.History(50), Conversations.Tools())),
        ("Chat, 500 messages, 3 tools", () => new ChatScenario(Conversations.History(500), Conversations.Tools())),
        ("Chat, image of 10 MB", () => new ChatScenario(Conversations.Image(ImageBytes), withPeer: false)),
        ("Embeddings, numbers", () => new EmbeddingScenario(EmbeddingFormat.Numbers)),
        ("Embeddings, short numbers", () => new EmbeddingScenario(EmbeddingFormat.ShortNumbers)),
        ("Embeddings, base64", () => new EmbeddingScenario(EmbeddingFormat.Base64)),
        ("Embeddings, 10,000 texts", () => new EmbeddingScenario(EmbeddingFormat.ShortNumbers, batches: 100)),
        ("Endpoints, list of 1,000", () => new EndpointListScenario(1_000, isClassified: false)),
        ("Endpoints, directory of 1,000", () => new EndpointListScenario(1_000, isClassified: true)),
        ("Token from the cache, 1,000 times", () => new TokenScenario()),
    ];

    public static IEnumerable<string> Names(string start) =>
        All.Select(scenario => scenario.Name).Where(name => name.StartsWith(start, StringComparison.Ordinal));

    public static Scenario New(string name) => All.Single(scenario => scenario.Name == name).New();
}

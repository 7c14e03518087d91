using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Chat.Responses.Replay;

/// <summary>
/// A service of the Responses API that answers with random items and requires that every request begins with the input of the one before
/// and with its own output, byte for byte; only new messages, results and approvals may follow.
/// </summary>
internal sealed class RandomAgent : HttpMessageHandler
{
    private readonly Random _random;
    private readonly RandomItems _items;
    private readonly List<string> _expected = [];
    private readonly List<string> _open = [];
    private readonly HashSet<string> _decided = new(StringComparer.Ordinal);
    private readonly bool _hasApprovals;
    private int _rounds;
    private int _responses;

    /// <param name="seed">Repeats the conversation.</param>
    /// <param name="hasApprovals">Whether responses request approvals.</param>
    public RandomAgent(int seed, bool hasApprovals)
    {
        _random = new Random(seed);
        _items = new RandomItems(_random);
        _hasApprovals = hasApprovals;
    }

    /// <summary>Whether later turns have the decisions on approvals, which the Agent Framework removes once they were sent.</summary>
    public bool KeepsDecisions { get; init; } = true;

    /// <summary>Whether it is a serving endpoint, which rejects members that only output has, and ids that are too long.</summary>
    public bool IsServingEndpoint { get; init; }

    /// <summary>What a request did wrong.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>The input items of each request, as sent.</summary>
    public List<string[]> Inputs { get; } = [];

    /// <summary>The conversation so far: the last input and the last output.</summary>
    public IReadOnlyList<string> Conversation => _expected;

    public DatabricksServingClient Client() => new(new DatabricksServingOptions
    {
        Host = new Uri("https://some-workspace.cloud.databricks.com"),
        Credential = DatabricksCredential.FromToken("dapi-some-token"),
        HttpClient = new HttpClient(this, disposeHandler: false),
        Chat = { Api = DatabricksChatApi.Responses },
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var body = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        var root = body.RootElement;
        JsonElement[] input = [.. root.GetProperty("input").EnumerateArray()];
        string[] sent = [.. input.Select(item => item.GetRawText())];
        Inputs.Add(sent);
        if (!KeepsDecisions)
        {
            input = [.. input.Where(item => IdOf(item) is not { } id || !_decided.Contains(id))];
            _decided.UnionWith(input.Select(IdOf).OfType<string>());
            sent = [.. input.Select(item => item.GetRawText())];
        }

        Compare(sent, input);
        _expected.Clear();
        _expected.AddRange(KeepsDecisions ? sent : input.Where(item => IdOf(item) is null).Select(item => item.GetRawText()));
        var isResult = input[^1].TryGetProperty("type", out var type) && type.ValueEquals("function_call_output");
        _rounds = isResult ? _rounds - 1 : _random.Next(3);
        var items = Next(root);
        _expected.AddRange(items.Select(item => IsServingEndpoint ? Trimmed(item.Json) : item.Json));
        _open.AddRange(items.Where(item => item.CallId is not null).Select(item => item.CallId!));
        var isStream = root.TryGetProperty("stream", out var stream) && stream.GetBoolean();
        var id = $"resp_{_responses++}";
        return new HttpResponseMessage(Failures.Count > 0 ? HttpStatusCode.BadRequest : HttpStatusCode.OK)
        {
            Content = isStream
                ? new StringContent(RandomEvents.Of(_random, id, items), Encoding.UTF8, "text/event-stream")
                : new StringContent(RandomEvents.Document(id, items), Encoding.UTF8, "application/json"),
            RequestMessage = request,
        };
    }

    private bool IsSame(string sent, string expected) =>
        sent == expected || (IsServingEndpoint && JsonNode.DeepEquals(JsonNode.Parse(sent), JsonNode.Parse(expected)));

    // Ids begin with the prefix of their type here, or are placeholders.
    private static string Trimmed(string json) => new JsonObject(
        JsonNode.Parse(json)!.AsObject().Where(member => member.Value is not null && member.Key != "status" &&
            !(member.Key == "id" && ((string)member.Value!).Length is var length && (length > 64 || IsPlaceholder((string)member.Value!))))
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();

    private static bool IsPlaceholder(string id) => id.StartsWith("__fake_id", StringComparison.Ordinal);

    // Of the request that a decision answers.
    private static string? IdOf(JsonElement item) =>
        item.TryGetProperty("approval_request_id", out var id) ? id.GetString() : null;

    private IReadOnlyList<RandomItem> Next(JsonElement root)
    {
        string[] tools = root.TryGetProperty("tools", out var offered)
            ? [.. offered.EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!)]
            : [];
        var calls = tools.Length > 0 && _rounds > 0
            ? Enumerable.Range(0, _random.Next(1, 4)).Select(_ => tools[_random.Next(tools.Length)]).ToArray()
            : [];
        return _items.Response(calls, calls.Length == 0 && _hasApprovals ? _random.Next(2) : 0);
    }

    private void Compare(string[] sent, JsonElement[] input)
    {
        for (var i = 0; i < _expected.Count; i++)
        {
            if (i >= sent.Length || !IsSame(sent[i], _expected[i]))
            {
                var actual = i < sent.Length ? sent[i] : "none";
                Failures.Add($"Item {i} of request {Inputs.Count}\nexpected {_expected[i]}\nactual   {actual}");
                return;
            }
        }

        List<string> answered = [];
        foreach (var item in input[_expected.Count..])
        {
            switch (item.TryGetProperty("type", out var type) ? type.GetString() : "message")
            {
                case "message" when item.GetProperty("role").GetString() == "user":
                    break;
                case "function_call_output":
                    answered.Add(item.GetProperty("call_id").GetString()!);
                    break;
                case "mcp_approval_response":
                    answered.Add(item.GetProperty("approval_request_id").GetString()!);
                    break;
                default:
                    Failures.Add($"A new item of request {Inputs.Count}: {item.GetRawText()}");
                    break;
            }
        }

        if (!answered.SequenceEqual(_open))
        {
            Failures.Add($"Request {Inputs.Count} answers {string.Join(", ", answered)}, not {string.Join(", ", _open)}");
        }

        _open.Clear();
    }
}

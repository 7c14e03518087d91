using System.Text;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Service;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Scenarios;

/// <summary>A chat call with one response body: the request is written, the response is read.</summary>
internal sealed class ChatScenario : Scenario
{
    private readonly PreparedService _service;
    private readonly HttpClient _http;
    private readonly IReadOnlyList<IChatContender> _contenders;

    /// <param name="messages">The messages.</param>
    /// <param name="options">The tools.</param>
    /// <param name="words">The length of the response.</param>
    /// <param name="withPeer">Whether the OpenAI client takes part.</param>
    public ChatScenario(
        List<ChatMessage> messages, ChatOptions? options = null, int words = 40, bool withPeer = true)
    {
        _service = PreparedService.Whole(Replies.Document(words));
        _http = new HttpClient(_service);
        IChatContender floor = new FloorChat(_http, PreparedService.Host, messages, options);
        IChatContender connector = new ClientChat(Clients.Connector, Clients.ConnectorChat(_http), messages, options);
        _contenders = withPeer
            ? [floor, connector, new ClientChat(Clients.OpenAI, Clients.OpenAIChat(_http), messages, options)]
            : [floor, connector];
        Contenders = [.. _contenders.Select(contender => new Contender(contender.Name, contender.CallAsync))];
    }

    public override IReadOnlyList<Contender> Contenders { get; }

    public override async Task CheckAsync()
    {
        using var received = new MemoryStream();
        _service.Received = received;
        var expected = await _contenders[0].CallAsync();
        var request = Encoding.UTF8.GetString(received.ToArray());
        foreach (var contender in _contenders)
        {
            Require(contender.Name, "answer", expected, await contender.CallAsync());

            // The OpenAI client sends the model in the body and orders members differently.
            if (contender.Name != Clients.OpenAI)
            {
                Require(contender.Name, "request", request, Encoding.UTF8.GetString(received.ToArray()));
            }
        }

        _service.Received = null;
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }
}

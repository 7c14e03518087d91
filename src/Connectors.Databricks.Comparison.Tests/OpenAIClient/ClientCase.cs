using Connectors.Databricks.Comparison.Tests.Harness;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Comparison.Tests.OpenAIClient;

/// <summary>One question to both clients, and the response of the service.</summary>
internal sealed class ClientCase
{
    private static readonly Uri ScriptedHost = new("https://adb-1.1.azuredatabricks.net/");

    private readonly Reply? _reply;
    private readonly string _model = Connector.Model;
    private readonly ChatOptions? _options;
    private readonly bool _isStream;

    private ClientCase(Reply reply, bool isStream) => (_reply, _isStream) = (reply, isStream);

    private ClientCase(string model, ChatOptions options) => (_model, _options) = (model, options);

    public static ClientCase Document(string body) => new(new Reply(body), isStream: false);

    public static ClientCase Error(Reply reply) => new(reply, isStream: false);

    /// <param name="events">The data of each event.</param>
    public static ClientCase Stream(params string[] events) =>
        new(Reply.Events(events.Select(data => $"data: {data}")), isStream: true);

    /// <summary>The response comes from the emulator, which checks the request as the service of this model does.</summary>
    public static ClientCase Emulated(string model, ChatOptions options) => new(model, options);

    public async Task<(ClientRun OpenAI, ClientRun Databricks)> RunAsync()
    {
        if (_reply is not null)
        {
            return await RunAsync(new(ScriptedHost, "dapi-comparison", () => new ScriptedModel([_reply])));
        }

        await using var emulator = await DatabricksEmulator.StartAsync();
        return await RunAsync(new(emulator.Host, emulator.Token));
    }

    private async Task<(ClientRun OpenAI, ClientRun Databricks)> RunAsync(ClientPair pair) =>
        (await pair.AskOpenAIAsync(_model, _isStream, _options), await pair.AskDatabricksAsync(_model, _isStream, _options));
}

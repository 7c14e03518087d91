using System.Net;
using Connectors.Databricks;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Agents.Steps;

/// <summary>What goes wrong, and how it looks: one exception type, with what a program needs in its properties.</summary>
internal sealed class Failures : IStep
{
    public string Title => "Failures, and how they look";

    public async Task RunAsync(Workspace workspace)
    {
        var missing = await FailureOf("An endpoint that does not exist", workspace.Serving.GetChatClient("no-such-endpoint"));
        StepFailedException.Unless(missing.StatusCode == HttpStatusCode.NotFound, "An unknown endpoint should be a 404.");
        StepFailedException.Unless(!missing.IsTransient, "An unknown endpoint does not appear by waiting.");

        var unauthorized = new DatabricksServingClient(workspace.Serving.Host, DatabricksCredential.FromToken("dapi-wrong"));
        var refused = await FailureOf(
            "A token that the workspace does not know", unauthorized.GetChatClient(workspace.Endpoint(Endpoints.Llama)));
        StepFailedException.Unless(
            refused.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest,
            "A wrong token should be a 401 or a 403, and on Unity Gateway a 400.");

        if (workspace.Emulator is null)
        {
            Console.WriteLine("Skipped on a workspace: throttling, a cut stream and a guardrail, which only an emulator does on demand.");
            return;
        }

        await Throttled(workspace, workspace.Emulator.Endpoint(Endpoints.Llama));
        await Cut(workspace, workspace.Emulator.Endpoint(Endpoints.Llama));
        await Blocked(workspace, workspace.Emulator.Endpoint(Endpoints.Llama));
    }

    private static async Task Throttled(Workspace workspace, EmulatedEndpoint endpoint)
    {
        endpoint.Fails(429, "REQUEST_LIMIT_EXCEEDED", retryAfter: TimeSpan.FromSeconds(1));
        var sent = workspace.Emulator!.Requests.Count;
        using ILoggerFactory log = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
        IChatClient chat = workspace.Connect(options => options.LoggerFactory = log).GetChatClient(endpoint.Name);

        Console.WriteLine(Terminal.Bold("Throttling, which the connector waits out"));
        var response = await chat.GetResponseAsync("Say \"that worked\".");

        Console.WriteLine($"  answer       {response.Text}");
        Console.WriteLine();
        StepFailedException.Unless(response.Text == "that worked", "The call should succeed on its second attempt.");
        StepFailedException.Unless(workspace.Emulator.Requests.Count == sent + 2, "The call should be sent twice.");
    }

    private static async Task Cut(Workspace workspace, EmulatedEndpoint endpoint)
    {
        endpoint.CutsTheStreamAfter(4);
        var cut = await FailureOf("A stream that is cut in the middle", workspace.Chat(endpoint.Name), streams: true);
        StepFailedException.Unless(cut.IsTransient, "A cut stream may well succeed another time.");
    }

    private static async Task Blocked(Workspace workspace, EmulatedEndpoint endpoint)
    {
        endpoint.BlocksByGuardrail();
        var blocked = await FailureOf("A prompt that a guardrail blocks", workspace.Chat(endpoint.Name));
        StepFailedException.Unless(blocked.Guardrail == "input_guardrail", $"The guardrail should be named, not '{blocked.Guardrail}'.");
    }

    private static async Task<DatabricksServingException> FailureOf(string title, IChatClient chat, bool streams = false)
    {
        Console.WriteLine(Terminal.Bold(title));
        var arrived = string.Empty;
        try
        {
            if (streams)
            {
                await foreach (var update in chat.GetStreamingResponseAsync("Count to 20."))
                {
                    arrived += update.Text;
                }
            }
            else
            {
                await chat.GetResponseAsync("Hello!");
            }
        }
        catch (DatabricksServingException exception)
        {
            Show(exception, arrived);
            return exception;
        }

        throw new StepFailedException($"{title}: the call succeeded.");
    }

    private static void Show(DatabricksServingException exception, string arrived)
    {
        Console.WriteLine($"  {exception.Message}");
        (string Name, object? Value)[] facts =
        [
            ("arrived", arrived.Length == 0 ? null : arrived),
            (nameof(exception.StatusCode), (int?)exception.StatusCode),
            (nameof(exception.ErrorCode), exception.ErrorCode),
            (nameof(exception.Guardrail), exception.Guardrail),
            (nameof(exception.RequestId), exception.RequestId),
            (nameof(exception.IsTransient), exception.IsTransient),
        ];
        foreach (var (name, value) in facts.Where(fact => fact.Value is not null))
        {
            Console.WriteLine(Terminal.Dim($"  {name,-12} {value}"));
        }

        Console.WriteLine();
    }
}

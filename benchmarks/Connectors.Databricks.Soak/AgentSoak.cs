using System.Collections.Concurrent;
using System.Globalization;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Soak;

/// <summary>
/// Concurrent background runs of an agent with faults. Half of them are streamed, and each stream is left several times and continued by
/// another client; the others are polled. Every text is unique, and the server counts the runs.
/// </summary>
internal static class AgentSoak
{
    private const string AppName = "soak-agent";

    /// <summary>The number of updates after which a reader leaves a stream.</summary>
    private const int Piece = 5;

    /// <param name="server">The server of the agent.</param>
    /// <param name="runs">The number of runs.</param>
    /// <param name="faults">The fraction of requests and reads with a fault.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="clock">The clock of the client.</param>
    /// <returns>What was lost, doubled or crossed, and the number of faults.</returns>
    public static async Task<(IReadOnlyList<string> Wrong, int Faults)> RunAsync(
        EmulatedAgentServer server, int runs, double faults, int seed, TimeProvider clock)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var app = await emulator.AddAppAsync(AppName, server);
        app.OverlapsReplays(2);
        using var handler = new AgentFaults(new SocketsHttpHandler { AllowAutoRedirect = false }, faults, seed);
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var credential = new DatabricksServicePrincipalCredential(emulator.Host, emulator.ClientId, emulator.ClientSecret);
        IChatClient NewAgent() => new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = emulator.Host,
            Credential = credential,
            HttpClient = http,
            TimeProvider = clock,
            Resilience =
            {
                Retry = new() { MaxRetryAttempts = 8, Delay = TimeSpan.FromMilliseconds(5), MaxDelay = TimeSpan.FromSeconds(1) },
            },
        }).GetAgentClient($"apps/{AppName}");

        ConcurrentBag<string> wrong = [];
        await Parallel.ForAsync(0, runs, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, _) =>
        {
            var expected = string.Create(CultureInfo.InvariantCulture, $"Run {number} of the soak, word by word, up to its end {number}.");
            try
            {
                var text = number % 2 == 0
                    ? await StreamAsync(NewAgent, $"Say '{expected}'")
                    : await PollAsync(NewAgent, $"Say '{expected}'", clock);
                if (text != expected)
                {
                    wrong.Add($"'{text}' for '{expected}'");
                }
            }
            catch (DatabricksServingException exception)
            {
                wrong.Add(exception.Message);
            }
        });
        if (app.Runs.Count != runs)
        {
            wrong.Add($"{app.Runs.Count} runs in place of {runs}");
        }

        return ([.. wrong], handler.Count);
    }

    private static async Task<string> StreamAsync(Func<IChatClient> newAgent, string prompt)
    {
        var text = "";
        ResponseContinuationToken? token = null;
        while (true)
        {
            var read = 0;
            ChatResponseUpdate? last = null;
            await foreach (var update in newAgent().GetStreamingResponseAsync(
                token is null ? [new(ChatRole.User, prompt)] : [], Background(token)))
            {
                last = update;
                text += update.Text;
                if (++read == Piece)
                {
                    break;
                }
            }

            // As another process reads it.
            token = last?.ContinuationToken is { } next ? ResponseContinuationToken.FromBytes(next.ToBytes()) : null;
            if (token is null)
            {
                return text;
            }
        }
    }

    private static async Task<string> PollAsync(Func<IChatClient> newAgent, string prompt, TimeProvider clock)
    {
        var response = await newAgent().GetResponseAsync(prompt, Background(null));
        while (response.ContinuationToken is { } token)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock);
            response = await newAgent().GetResponseAsync([], Background(token));
        }

        return response.Text;
    }

    private static ChatOptions Background(ResponseContinuationToken? token) =>
        new() { AllowBackgroundResponses = true, ContinuationToken = token };
}

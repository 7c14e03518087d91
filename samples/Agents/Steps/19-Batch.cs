using System.Globalization;
using Connectors.Databricks;
using Microsoft.Extensions.AI;
using Spectre.Console;

namespace Agents.Steps;

/// <summary>
/// Many tickets are classified as a batch. The program is interrupted in the middle, and the second run continues from the checkpoint
/// without sending again what has a response.
/// </summary>
internal sealed class Batch : IStep
{
    private const string Endpoint = Endpoints.Llama;

    public string Title => "A batch with progress, interrupted and resumed";

    public async Task RunAsync(Workspace workspace)
    {
        // Every request of a real workspace costs money.
        var count = workspace.Emulator is null ? 8 : 400;
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "tickets.jsonl");
            var (interrupted, _) = await RunAsync(workspace, count, path, stopAfter: count / 2);
            var (all, resumed) = await RunAsync(workspace, count, path, stopAfter: count);
            Console.WriteLine(
                $"The first run was interrupted after {interrupted} tickets; the second one took {resumed} from the checkpoint.");

            StepFailedException.Unless(all == count, $"{all} of {count} tickets have a response.");
            StepFailedException.Unless(resumed >= interrupted, $"{resumed} responses are from the checkpoint, and not {interrupted}.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<(int Read, int Resumed)> RunAsync(Workspace workspace, int count, string path, int stopAfter)
    {
        // A progress bar redraws its line, which redirected output cannot.
        return Terminal.IsInteractive
            ? AnsiConsole.Progress()
                .Columns(
                    new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(),
                    new SpinnerColumn())
                .StartAsync(context => ReadAsync(
                    workspace, count, path, stopAfter, new ProgressBar(context.AddTask("Tickets", maxValue: count))))
            : ReadAsync(workspace, count, path, stopAfter, new ProgressLines());
    }

    private static async Task<(int Read, int Resumed)> ReadAsync(
        Workspace workspace, int count, string path, int stopAfter, IProgress<DatabricksBatchProgress> progress)
    {
        var requests = Enumerable.Range(1, count).Select(number => DatabricksBatchRequest.Chat(
            $"ticket-{number}", $"Classify in one word: ticket {number}, the app is slow.", new ChatOptions { MaxOutputTokens = 20 }));
        var options = new DatabricksBatchOptions
        {
            CheckpointPath = path,
            Progress = progress,
            ProgressInterval = TimeSpan.FromMilliseconds(Terminal.IsInteractive ? 100 : 1_000),
            TotalRequests = count,
        };
        var (read, resumed) = (0, 0);
        await foreach (var result in workspace.Serving.RunBatchAsync(workspace.Endpoint(Endpoint), requests, options))
        {
            StepFailedException.Unless(result.IsSuccess, $"{result.Id} failed: {result.Error?.Message}");
            resumed += result.IsFromCheckpoint ? 1 : 0;
            if (++read == stopAfter && read < count)
            {
                break;
            }
        }

        return (read, resumed);
    }

    private sealed class ProgressBar(ProgressTask task) : IProgress<DatabricksBatchProgress>
    {
        public void Report(DatabricksBatchProgress value)
        {
            task.Value = value.Completed;
            task.Description = value.Failed > 0 ? $"Tickets, {value.Failed} failed" : "Tickets";
        }
    }

    private sealed class ProgressLines : IProgress<DatabricksBatchProgress>
    {
        public void Report(DatabricksBatchProgress value) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{value.Completed} of {value.Total} tickets, {value.Failed} failed, {value.Usage.OutputTokenCount ?? 0} tokens"));
    }
}

using System.Diagnostics;
using System.Net.Http.Headers;

namespace Connectors.Databricks.Tests.Emulator.CommandLine;

/// <summary>The program as a separate process, connected by the lines it prints.</summary>
public class EmulatorProcessTests
{
    // A start takes a second; a busy machine takes many. The limit only keeps a hang from lasting for ever.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_started_process_answers_where_it_says_and_ends_when_told()
    {
        using var limit = new CancellationTokenSource(Limit);
        using Process process = Start("--port", "0", "--token", "mine");
        try
        {
            string host = await ReadAsync(process, "export DATABRICKS_HOST=", limit.Token);
            string token = await ReadAsync(process, "export DATABRICKS_TOKEN=", limit.Token);
            using var http = new HttpClient { BaseAddress = new Uri(host) };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

            string endpoints = await http.GetStringAsync(new Uri("api/2.0/serving-endpoints", UriKind.Relative), limit.Token);

            Assert.StartsWith("http://127.0.0.1:", host, StringComparison.Ordinal);
            Assert.Contains("\"databricks-inkling\"", endpoints, StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows())
            {
                await TerminateAsync(process, limit.Token);
                Assert.Equal(0, process.ExitCode);
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(params string[] arguments)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string program = Path.Combine(AppContext.BaseDirectory, "Connectors.Databricks.Emulator.dll");
        return Process.Start(new ProcessStartInfo(dotnet, [program, .. arguments]) { RedirectStandardOutput = true })!;
    }

    private static async Task<string> ReadAsync(Process process, string start, CancellationToken cancellationToken)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is string line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return line[start.Length..];
            }
        }

        throw new InvalidOperationException($"The program ended without a line that starts with '{start}'.");
    }

    // Windows has no signal to send; there the test ends the process hard.
    private static async Task TerminateAsync(Process process, CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        _ = process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
    }
}

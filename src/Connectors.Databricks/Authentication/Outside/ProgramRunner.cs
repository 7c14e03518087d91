using System.Diagnostics;
using System.Text;

namespace Connectors.Databricks.Authentication.Outside;

/// <summary>Runs a program without a shell, reads both its outputs as they come, and kills its whole tree when it must end.</summary>
internal static class ProgramRunner
{
    // A token and its JSON are a few thousand characters; what is longer is not what was asked for.
    private const int LongestOutput = 1024 * 1024;

    // What a program has started in the background may hold its outputs open; what the program itself wrote is there by then.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    public static async Task<ProgramResult> RunAsync(ProgramCall call, TimeProvider clock, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(call.Timeout, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var process = new Process { StartInfo = StartInfo(call) };
        process.Start();
        try
        {
            // A program that waits for input would wait for ever.
            process.StandardInput.Close();
            var output = new StringBuilder();
            var error = new StringBuilder();
            var reading = Task.WhenAll(
                ReadAsync(process.StandardOutput, output, stop.Token), ReadAsync(process.StandardError, error, stop.Token));

            // Not by the end of the reading: on Windows a pipe is read without heed to a cancellation.
            await process.WaitForExitAsync(stop.Token).ConfigureAwait(false);
            await Task.WhenAny(reading, Task.Delay(LastWords, clock, stop.Token)).ConfigureAwait(false);
            return new ProgramResult(process.ExitCode, Text(output), Text(error));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
        {
            throw new TimeoutException($"'{call.Path}' took longer than {call.Timeout.TotalSeconds:0} seconds.");
        }
        finally
        {
            Kill(process);
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private static ProcessStartInfo StartInfo(ProgramCall call)
    {
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (OperatingSystem.IsWindows() && BatchFile.IsOne(call.Path))
        {
            // Windows runs batch files, which az is one of, through its command interpreter alone.
            start.FileName = Environment.GetEnvironmentVariable("ComSpec") ?? "cmd.exe";
            start.Arguments = BatchFile.CommandLine(call);
            return start;
        }

        start.FileName = call.Path;
        foreach (var argument in call.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder text, CancellationToken cancellationToken)
    {
        using var _ = reader;
        var block = new char[4096];
        try
        {
            int read;
            while ((read = await reader.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
            {
                // Read on to its end, so that the program is not held up, but keep no more.
                lock (text)
                {
                    text.Append(block, 0, Math.Min(read, LongestOutput - text.Length));
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // What was written until here is what it wrote.
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It ended by itself in between, or a part of its tree did.
        }
    }
}

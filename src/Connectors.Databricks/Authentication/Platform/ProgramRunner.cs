using System.Diagnostics;
using System.Text;

namespace Connectors.Databricks.Authentication.Platform;

/// <summary>
/// Runs a program without a shell, reads standard output and error concurrently, and kills its process tree on timeout or cancellation.
/// </summary>
internal static class ProgramRunner
{
    // A token and its JSON have a few thousand characters; longer output is not a token.
    private const int LongestOutput = 1024 * 1024;

    // Background processes of a program may keep its outputs open; its own output has arrived by then.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2);

    public static async Task<ProgramResult> RunAsync(ProgramCall call, TimeProvider clock, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(call.Timeout, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var process = new Process { StartInfo = StartInfo(call) };
        process.Start();
        try
        {
            // A program that reads standard input would never exit.
            process.StandardInput.Close();
            var output = new StringBuilder();
            var error = new StringBuilder();
            var reading = Task.WhenAll(
                ReadAsync(process.StandardOutput, output, stop.Token), ReadAsync(process.StandardError, error, stop.Token));

            // Does not wait for the readers: on Windows, reading a pipe ignores cancellation.
            await process.WaitForExitAsync(stop.Token).ConfigureAwait(false);
            await Task.WhenAny(reading, Task.Delay(DrainTimeout, clock, stop.Token)).ConfigureAwait(false);
            return new ProgramResult(process.ExitCode, Text(output), Text(error));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
        {
            throw new TimeoutException($"'{call.Path}' did not exit within {call.Timeout.TotalSeconds:0} seconds.");
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
            // Windows runs batch files, such as az, only through cmd.exe.
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
                // Keep reading so that the program does not block, but discard the rest.
                lock (text)
                {
                    text.Append(block, 0, Math.Min(read, LongestOutput - text.Length));
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The output so far is kept.
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
        catch (Exception exception)
            when (exception is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // The process, or a part of its tree, has already exited.
        }
    }
}

using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Connectors.Databricks.Emulator.CommandLine;

/// <summary>The command-line program: runs until Ctrl+C or SIGTERM, or until its child process exits.</summary>
internal static class EmulatorProgram
{
    private const int BadArguments = 2;
    private const int CannotStart = 1;

    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken = default)
    {
        var parsed = Arguments.Parse(arguments);
        if (parsed.Error is not null)
        {
            await errors.WriteLineAsync($"{parsed.Error} Use --help to see the options.").ConfigureAwait(false);
            return BadArguments;
        }

        if (parsed.WantsHelp)
        {
            await output.WriteLineAsync(Arguments.Help).ConfigureAwait(false);
            return 0;
        }

        var runsProgram = parsed.Program.Count > 0;
        var log = TextWriter.Synchronized(output);
        if (!runsProgram)
        {
            parsed.Options.RequestLog = log.WriteLine;
        }

        try
        {
            var emulator = await DatabricksEmulator.StartAsync(parsed.Options, CancellationToken.None).ConfigureAwait(false);
            await using (emulator.ConfigureAwait(false))
            {
                foreach ((var name, var server) in parsed.Apps)
                {
                    await emulator.AddAppAsync(name, server, cancellationToken).ConfigureAwait(false);
                }

                if (runsProgram)
                {
                    return await ChildProcess.RunAsync(parsed.Program, emulator, errors, cancellationToken).ConfigureAwait(false);
                }

                await log.WriteLineAsync(StartupMessage.Format(emulator)).ConfigureAwait(false);
                await StoppedAsync(cancellationToken).ConfigureAwait(false);
            }

            return 0;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // Kestrel wraps a port in use, and lets through a port this user may not open.
            var reason = exception.Message.TrimEnd('.');
            var text = $"The emulator cannot listen on port {parsed.Options.Port}: {reason}. Use --port 0 to take any free one.";
            await errors.WriteLineAsync(text).ConfigureAwait(false);
            return CannotStart;
        }
    }

    private static async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Stop(PosixSignalContext signal)
        {
            // Without this the process would end before the connections are closed.
            signal.Cancel = true;
            stopped.TrySetResult();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var canceled = cancellationToken.Register(() => stopped.TrySetResult());
        await stopped.Task.ConfigureAwait(false);
    }
}

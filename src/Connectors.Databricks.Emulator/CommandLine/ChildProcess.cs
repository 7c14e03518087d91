using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Connectors.Databricks.Emulator.CommandLine;

/// <summary>Runs a program against the emulator. It inherits the standard streams.</summary>
internal static class ChildProcess
{
    /// <summary>The exit code of shells for a missing program.</summary>
    private const int NotFound = 127;

    public static async Task<int> RunAsync(
        IReadOnlyList<string> program, DatabricksEmulator emulator, TextWriter errors, CancellationToken cancellationToken)
    {
        using Process process = new() { StartInfo = Start(program, emulator) };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            await errors.WriteLineAsync($"Cannot run '{program[0]}': {exception.Message.TrimEnd('.')}.").ConfigureAwait(false);
            return NotFound;
        }

        // A terminal interrupts both processes, and the program decides when to exit. SIGTERM to the emulator ends the program too.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            End(process);
        });
        using var canceled = cancellationToken.Register(() => End(process));
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return process.ExitCode;
    }

    private static ProcessStartInfo Start(IReadOnlyList<string> program, DatabricksEmulator emulator)
    {
        var start = new ProcessStartInfo(program[0], program.Skip(1)) { UseShellExecute = false };

        // Other credentials would conflict with the token, and another host would bypass the emulator.
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsDatabricks))
        {
            start.Environment.Remove(name);
        }

        start.Environment["DATABRICKS_HOST"] = emulator.Host.ToString().TrimEnd('/');
        start.Environment["DATABRICKS_TOKEN"] = emulator.Token;
        return start;
    }

    private static bool IsDatabricks(string name) => name.StartsWith("DATABRICKS_", StringComparison.OrdinalIgnoreCase);

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has already exited.
        }
    }
}

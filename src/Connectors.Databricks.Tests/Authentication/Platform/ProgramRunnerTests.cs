using System.ComponentModel;
using System.Diagnostics;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Platform;

/// <summary>Real programs: small shell scripts. Windows has no sh, so there these tests check nothing.</summary>
public sealed class ProgramRunnerTests : IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connector tests ");
    private readonly FakeClock _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_argument_reaches_the_program_as_it_is()
    {
        string[] arguments =
        [
            "plain", "two words", "", "'single' \"double\"", "$HOME", "`id`", "$(id)", "; touch x", "a\nb", "*", "\\", "--o=ü", "&&", "|",
            "#",
        ];

        var result = await Run("""for a in "$@"; do printf '%s\0' "$a"; done""", arguments);

        Assert.Equal(arguments, result?.Output.Split('\0')[..^1] ?? arguments);
    }

    [Fact]
    public async Task Two_large_outputs_do_not_hold_each_other_up()
    {
        var result = await Run("""
            head -c 1000000 /dev/zero | tr '\0' e >&2
            head -c 1000000 /dev/zero | tr '\0' o
            head -c 500000 /dev/zero | tr '\0' e >&2
            """);

        Assert.Equal((1_000_000, 1_048_576), (result?.Output.Length ?? 1_000_000, result?.Error.Length ?? 1_048_576));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    public async Task How_it_ended_is_told(int exitCode)
    {
        var result = await Run($"echo out; echo err >&2; exit {exitCode}");

        Assert.Equal(new ProgramResult(exitCode, "out\n", "err\n"), result ?? new ProgramResult(exitCode, "out\n", "err\n"));
    }

    [Fact]
    public async Task A_program_that_reads_its_input_finds_none()
    {
        var result = await Run("cat; echo read");

        Assert.Equal("read\n", result?.Output ?? "read\n");
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_named()
    {
        var exception = await Assert.ThrowsAsync<Win32Exception>(
            () => ProgramRunner.RunAsync(new ProgramCall("/no/such/program", [], TimeSpan.FromSeconds(5)), _clock, default));

        Assert.Contains("/no/such/program", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_gives_up_leaves_no_process_behind(bool isCanceled)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // A child, its child, and each tells its number.
        var pids = Path.Combine(_folder.FullName, "pids");
        var call = Script($"""
            echo $$ >> '{pids}'
            sh -c 'echo $$ >> "{pids}"; sh -c "echo \$\$ >> \"{pids}\"; sleep 300; true"; true' &
            wait
            """);
        using var cancellation = new CancellationTokenSource();
        var running = ProgramRunner.RunAsync(call with { Timeout = TimeSpan.FromSeconds(5) }, _clock, cancellation.Token);
        var started = await Until(() => Numbers(pids) is { Length: 3 } all ? all : null);

        if (isCanceled)
        {
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).WaitAsync(Guard);
        }
        else
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            var exception = await Assert.ThrowsAsync<TimeoutException>(() => running).WaitAsync(Guard);
            Assert.Equal($"'{call.Path}' did not exit within 5 seconds.", exception.Message);
        }

        await Until(() => started.Any(IsAlive) ? null : "gone");
    }

    [Fact]
    public async Task A_program_that_leaves_a_child_behind_is_not_waited_for_until_the_timeout()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var pids = Path.Combine(_folder.FullName, "pids");
        var call = Script($"""
            sleep 300 &
            echo $! > '{pids}'
            echo the token
            """);

        // The real clock: a fake one could pass the two seconds before the output of a real process has been read.
        var running = ProgramRunner.RunAsync(call with { Timeout = TimeSpan.FromMinutes(5) }, TimeProvider.System, default);

        Assert.Equal(new ProgramResult(0, "the token\n", ""), await running.WaitAsync(Guard));
        using var child = Process.GetProcessById(Assert.Single(Numbers(pids)!));
        child.Kill();
    }

    [Fact]
    public async Task A_canceled_caller_starts_no_program()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ProgramRunner.RunAsync(new ProgramCall("/no/such/program", [], Guard), _clock, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_result_does_not_show_what_the_program_wrote() =>
        Assert.Equal("ProgramResult(exit code 0)", new ProgramResult(0, "canary", "canary").ToString());

    private async Task<ProgramResult?> Run(string script, params string[] arguments) => OperatingSystem.IsWindows()
        ? null
        : await ProgramRunner.RunAsync(Script(script) with { Arguments = arguments }, _clock, default).WaitAsync(Guard);

    private ProgramCall Script(string text)
    {
        var path = Path.Combine(_folder.FullName, "a program.sh");
        File.WriteAllText(path, $"#!/bin/sh\n{text.ReplaceLineEndings("\n")}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new ProgramCall(path, [], Guard);
    }

    private static int[]? Numbers(string path) => File.Exists(path)
        ? [.. File.ReadAllText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, null))]
        : null;

    // A zombie process has exited as well.
    private static bool IsAlive(int pid)
    {
        var status = $"/proc/{pid}/status";
        try
        {
            return File.Exists(status) && !File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<T> Until<T>(Func<T?> condition)
        where T : class
    {
        using var limit = new CancellationTokenSource(Guard);
        while (true)
        {
            if (condition() is { } result)
            {
                return result;
            }

            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

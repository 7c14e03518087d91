namespace Connectors.Databricks.Browser.Tests.Terminal;

/// <summary>Ctrl+C in the sample of agents: the emulator in its process does not handle it.</summary>
public class InterruptTests
{
    [TerminalTheory]
    [InlineData("", "What do you want to see?")]
    [InlineData("all", "2. ")]
    public async Task The_program_ends(string arguments, string output)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var terminal = TerminalSession.StartSample(arguments);
        await terminal.ReadPastAsync(output, limit.Token);

        await terminal.InterruptAsync();

        await terminal.WaitForExitAsync(limit.Token);
        Assert.DoesNotContain("steps succeeded", terminal.Output, StringComparison.Ordinal);
    }
}

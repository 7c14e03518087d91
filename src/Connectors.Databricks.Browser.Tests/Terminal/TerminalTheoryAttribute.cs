namespace Connectors.Databricks.Browser.Tests.Terminal;

/// <summary>Tests of a program in a pseudo terminal, which are skipped where util-linux is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TerminalTheoryAttribute : TheoryAttribute
{
    /// <summary>Initializes a new instance of the <see cref="TerminalTheoryAttribute"/> class.</summary>
    public TerminalTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? null : "The terminal of a test needs script of util-linux.";
}

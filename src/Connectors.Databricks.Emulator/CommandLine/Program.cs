namespace Connectors.Databricks.Emulator.CommandLine;

/// <summary>The emulator as a program.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => EmulatorProgram.RunAsync(arguments, Console.Out, Console.Error);
}

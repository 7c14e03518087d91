using System.Text;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.Chat.Fuzz;

namespace Connectors.Databricks.Tests.Fuzz;

/// <summary>A malformed configuration file is read, or rejected with a line number and without its content.</summary>
public class ConfigFileFuzzTests
{
    private const string Secret = "dapi0123456789";

    private static readonly string[] Files =
    [
        $"[DEFAULT]\nhost = https://a.example\ntoken = {Secret}\n",
        $"; note\r\n[ team ]\r\nhost: https://a.example\r\nclient_secret = \"{Secret}\" # remark\r\nscopes = a, " +
        $"b\r\n[team]\r\ntoken={Secret} ; x\r\n",
        $"\uFEFFtoken = '{Secret}'\n\n# a\n[é]\nazure_use_msi = true",
    ];

    [Fact]
    public Task A_malformed_file_is_read_or_rejected_without_its_content() => FuzzRun.RunAsync(Files, Mutation.Of, bytes =>
    {
        try
        {
            _ = ConfigFile.Parse(Encoding.UTF8.GetString(bytes));
        }
        catch (FormatException exception) when (!exception.Message.Contains("dapi", StringComparison.Ordinal))
        {
            // Refused, and silent about what the line holds.
        }

        return Task.CompletedTask;
    });
}

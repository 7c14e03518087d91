using Connectors.Databricks.Authentication.Platform;

namespace Connectors.Databricks.Tests.Authentication.Platform;

/// <summary>No character that cmd.exe interprets reaches its command line.</summary>
public class BatchFileTests
{
    [Theory]
    [InlineData(@"C:\az.cmd", true)]
    [InlineData(@"C:\az.CMD", true)]
    [InlineData(@"C:\az.bat", true)]
    [InlineData(@"C:\az.exe", false)]
    [InlineData(@"C:\az.cmd\az.exe", false)]
    public void A_batch_file_is_known_by_its_ending(string path, bool isOne) => Assert.Equal(isOne, BatchFile.IsOne(path));

    [Theory]
    [InlineData(@"C:\az.cmd.")]
    [InlineData(@"C:\az.bat ")]
    [InlineData(@"C:\az.cmd . .")]
    public void A_batch_file_is_one_with_the_dots_and_spaces_that_Windows_drops(string path) => Assert.True(BatchFile.IsOne(path));

    [Fact]
    public void The_command_line_quotes_the_path_and_nothing_else() => Assert.Equal(
        """/d /s /c ""C:\Program Files (x86)\Azure\az.cmd" account get-access-token --resource https://management.core.windows.net/ --output json" """.TrimEnd(),
        BatchFile.CommandLine(Call(
            @"C:\Program Files (x86)\Azure\az.cmd", "account", "get-access-token", "--resource", "https://management.core.windows.net/",
            "--output", "json")));

    [Theory]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("a&calc")]
    [InlineData("a|b")]
    [InlineData("%PATH%")]
    [InlineData("!x!")]
    [InlineData("a\"b")]
    [InlineData("a^b")]
    [InlineData("a>b")]
    [InlineData("a\nb")]
    [InlineData("(a)")]
    [InlineData("ä")]
    public void An_argument_with_a_meaning_to_the_interpreter_is_refused(string argument) => Assert.Equal(
        $@"'{argument}' cannot be passed to 'C:\az.cmd': only letters, digits and ._:/@=,- are safe on its command line.",
        Assert.Throws<ArgumentException>(() => BatchFile.CommandLine(Call(@"C:\az.cmd", argument))).Message);

    [Theory]
    [InlineData("C:\\a\"b\\az.cmd")]
    [InlineData(@"C:\%X%\az.cmd")]
    [InlineData(@"C:\a&b\az.cmd")]
    [InlineData(@"C:\a^b\az.cmd")]
    public void A_path_with_a_meaning_to_the_interpreter_is_refused(string path) => Assert.Equal(
        $"The path '{path}' contains characters that cmd.exe interprets.",
        Assert.Throws<ArgumentException>(() => BatchFile.CommandLine(Call(path))).Message);

    private static ProgramCall Call(string path, params string[] arguments) => new(path, arguments, TimeSpan.FromSeconds(1));
}

using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Sources;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>Where the Databricks CLI is looked for, and which file is one (authentication reference §6.4).</summary>
public class DatabricksCliPlaceTests
{
    private const int LegacySize = (1024 * 1024) - 1;

    [Theory]
    [InlineData("/opt/cli/databricks")]
    [InlineData("./databricks")]
    public void A_path_with_a_folder_is_taken_as_it_is(string path) => Assert.Equal((path, null), Find(Machine("/usr/bin", path), path));

    [Fact]
    public void A_path_with_a_folder_that_leads_nowhere_is_named() => Assert.Equal(
        (null, "databricks_cli_path '/opt/databricks' is not a file"), Find(Machine("/usr/bin", "/usr/bin/databricks"), "/opt/databricks"));

    [Fact]
    public void A_bare_name_is_looked_for_on_the_PATH() => Assert.Equal(
        ("/opt/dbx", null), Find(Machine("/usr/bin:/opt", "/usr/bin/databricks", "/opt/dbx"), "dbx"));

    [Theory]
    [InlineData("/usr/bin:/opt", "/usr/bin/databricks")]
    [InlineData("/opt/:/usr/bin", "/opt/databricks")]
    [InlineData("::/opt", "/opt/databricks")]
    public void Without_a_name_the_first_on_the_PATH_is_taken(string path, string found) => Assert.Equal(
        (found, null), Find(Machine(path, "/usr/bin/databricks", "/opt/databricks"), null));

    [Theory]
    [InlineData(".")]
    [InlineData("bin")]
    public void A_relative_folder_on_the_PATH_is_passed_over(string folder) => Assert.Equal(
        (null, "databricks CLI not found on the PATH"), Find(Machine(folder, $"{folder}/databricks"), null));

    [Fact]
    public void Without_a_PATH_there_is_none() =>
        Assert.Equal((null, "databricks CLI not found on the PATH"), Find(new FakePlatform(), null));

    [Fact]
    public void The_older_CLI_in_Python_is_passed_over()
    {
        var machine = Machine("/usr/bin:/opt", "/opt/databricks");
        machine.Files["/usr/bin/databricks"] = new string('#', LegacySize);

        Assert.Equal(("/opt/databricks", null), Find(machine, null));
    }

    [Fact]
    public void A_file_of_a_mebibyte_is_no_older_CLI()
    {
        var machine = Machine("/usr/bin");
        machine.Files["/usr/bin/databricks"] = new string('#', LegacySize + 1);

        Assert.Equal(("/usr/bin/databricks", null), Find(machine, null));
    }

    [Fact]
    public void Where_there_is_only_the_older_CLI_the_reason_names_it()
    {
        var machine = Machine("/usr/bin:/opt");
        machine.Files["/usr/bin/databricks"] = "#!/usr/bin/python";
        machine.Files["/opt/databricks"] = "#!/usr/bin/python";

        Assert.Equal((null, "legacy databricks CLI detected at '/usr/bin/databricks'; upgrade to 0.100.0 or later"), Find(machine, null));
    }

    [Fact]
    public void A_configured_file_with_a_folder_may_be_small()
    {
        var machine = Machine("/usr/bin");
        machine.Files["/opt/wrapper"] = "#!/bin/sh";

        Assert.Equal(("/opt/wrapper", null), Find(machine, "/opt/wrapper"));
    }

    [Theory]
    [InlineData(@"C:\tools;D:\more", @"D:\more\databricks.exe", @"D:\more\databricks.exe")]
    [InlineData(@"\\server\tools\", @"\\server\tools\databricks.exe", @"\\server\tools\databricks.exe")]
    public void On_Windows_the_program_has_an_ending(string path, string program, string found) => Assert.Equal(
        (found, null), Find(new FakePlatform { IsWindows = true }.With("PATH", path).Program(program, Nothing), null));

    [Theory]
    [InlineData("dbx", @"C:\tools\dbx.exe")]
    [InlineData("dbx.exe", @"C:\tools\dbx.exe")]
    [InlineData("dbx.cmd", @"C:\tools\dbx.cmd")]
    public void On_Windows_a_bare_name_without_an_ending_gets_one(string configured, string program) => Assert.Equal(
        (program, null), Find(new FakePlatform { IsWindows = true }.With("PATH", @"C:\tools").Program(program, Nothing), configured));

    [Fact]
    public void On_Windows_a_folder_of_the_PATH_may_be_in_quotes() => Assert.Equal(
        (@"C:\my tools\databricks.exe", null),
        Find(new FakePlatform { IsWindows = true }.With("PATH", "\"C:\\my tools\"").Program(@"C:\my tools\databricks.exe", Nothing), null));

    [Theory]
    [InlineData("C:")]
    [InlineData("C:tools")]
    public void On_Windows_a_folder_relative_to_a_drive_is_passed_over(string folder) => Assert.Equal(
        (null, "databricks CLI not found on the PATH"),
        Find(new FakePlatform { IsWindows = true }.With("PATH", folder).Program($@"{folder}\databricks.exe", Nothing), null));

    [Fact]
    public void A_configured_name_that_is_not_on_the_PATH_is_named() => Assert.Equal(
        (null, "databricks_cli_path 'dbx' not found on the PATH"), Find(Machine("/usr/bin", "/usr/bin/databricks"), "dbx"));

    [Fact]
    public async Task What_is_not_found_declines()
    {
        Assert.Equal(
            "Declined: databricks CLI not found on the PATH", await LogIn.MachineFor("databricks-cli").With("PATH", "/usr/bin").Refusal());
    }

    private static FakePlatform Machine(string path, params string[] programs)
    {
        var machine = new FakePlatform().With("PATH", path);
        foreach (var program in programs)
        {
            machine.Program(program, Nothing);
        }

        return machine;
    }

    private static ProgramResult Nothing(ProgramCall call) => throw new InvalidOperationException("Looking for it does not run it.");

    private static (string? Path, string? Reason) Find(FakePlatform machine, string? configured) => DatabricksCli.Find(machine, configured);
}

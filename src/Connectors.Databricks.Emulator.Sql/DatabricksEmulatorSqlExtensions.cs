namespace Connectors.Databricks.Emulator.Sql;

/// <summary>Adds a SQL warehouse to the emulator.</summary>
public static class DatabricksEmulatorSqlExtensions
{
    /// <summary>
    /// Adds a SQL warehouse, which serves the Statement Execution API. Tables are in memory; <c>ai_query</c> queries the models of the
    /// emulator. A statement that is not supported fails with a message that contains <c>EMULATOR_UNSUPPORTED</c>.
    /// </summary>
    /// <param name="emulator">The emulator, which disposes the warehouse. One warehouse per emulator.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The warehouse.</returns>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    public static EmulatedSqlWarehouse UseSqlWarehouse(
        this DatabricksEmulator emulator, Action<EmulatedSqlWarehouseOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        var options = new EmulatedSqlWarehouseOptions();
        configure?.Invoke(options);
        return new EmulatedSqlWarehouse(emulator, options.Validate());
    }
}

using System.Globalization;
using System.Text;

namespace Connectors.Databricks.Tests.Fuzz;

/// <summary>
/// Feeds a reader with mutated inputs, seeded, so that a failure can be repeated. The short form is part of every test run; the long one
/// has as many inputs as the variable <c>CONNECTORS_DATABRICKS_FUZZ_INPUTS</c> says.
/// </summary>
internal static class FuzzRun
{
    private const int Seed = 20261001;
    private const int ShortForm = 5_000;

    // Of the wall clock, and far above what an input needs; only a reader that hangs meets it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static int Inputs { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("CONNECTORS_DATABRICKS_FUZZ_INPUTS"), CultureInfo.InvariantCulture, out var inputs)
            ? inputs
            : ShortForm;

    /// <param name="seeds">Valid inputs to mutate.</param>
    /// <param name="mutate">Mutates a valid input.</param>
    /// <param name="read">Reads an input; throws when the reader does what it must not.</param>
    public static async Task RunAsync(IReadOnlyList<string> seeds, Func<byte[], Random, byte[]> mutate, Func<byte[], Task> read)
    {
        var sound = seeds.Select(Encoding.UTF8.GetBytes).ToList();
        var number = 0;
        byte[] input = [];
        var running = Task.Run(async () =>
        {
            for (; number < Inputs; number++)
            {
                input = mutate(sound[number % sound.Count], new Random(Seed + number));
                await read(input);
            }
        });

        while (!running.IsCompleted)
        {
            var reached = number;
            await Task.WhenAny(running, Task.Delay(Patience));
            if (!running.IsCompleted && number == reached)
            {
                Assert.Fail($"Input {reached} is still being read: {Shown(input)}");
            }
        }

        if (running.Exception is { } failure)
        {
            throw new InvalidOperationException(
                $"Input {number}: {failure.InnerException!.Message}\n{Shown(input)}", failure.InnerException);
        }
    }

    private static string Shown(byte[] input) => Encoding.UTF8.GetString(input.AsSpan(0, Math.Min(input.Length, 4000)));
}

// A library that prints, waits and throws dice: it needs the console, the clocks and chance.
export function greet(name) {
    console.log(`greeting ${name}`);
    return `hello ${name}`;
}

export async function waited(milliseconds) {
    const start = Date.now();
    await new Promise(resolve => setTimeout(resolve, milliseconds));
    return Date.now() - start >= milliseconds - 2;
}

export function dice() {
    return Math.floor(Math.random() * 6) + 1;
}
